/** REINFORCE with a learned baseline on CartPole: an action counts by how much better it went than a critic expected. */
import { categorical } from "ascent/distributions";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam, clipGradNorm } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, tensor } from "ascent/tensor";

/**
 * What was seen, done and earned at each step of an episode, and how it ended.
 * @typedef {object} Episode
 * @property {Float32Array[]} observations
 * @property {number[]} actions
 * @property {number[]} rewards
 * @property {Float32Array} last What was seen after the last step.
 * @property {boolean} terminated Whether the world ended the episode. If not, a time limit did, and more would have followed.
 */

/**
 * The networks, each with its optimiser. The policy puts out logits, the critic one number, V(s).
 * @typedef {object} Learner
 * @property {import("ascent/nn").Mlp} policy
 * @property {import("ascent/nn").Mlp} critic
 * @property {import("ascent/optim").Optimizer} policyOptimizer
 * @property {import("ascent/optim").Optimizer} criticOptimizer
 */

/** V(s) of every observation: a tensor [T] through which gradients flow to the critic. */
export function values(critic, observations) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return critic.forward(inputs).reshape([observations.length]);
}

/** What is still to come after the last step, a plain number: 0 after a terminal state, otherwise V of what was seen last. */
export function valueAfter(critic, { last, terminated }) {
  return terminated ? 0 : critic.forward(last).item();
}

/** -Σₜ (Gₜ - V(sₜ)) log π(aₜ | sₜ), a tensor of one number. No gradient flows to V. */
export function policyLoss(logProbs, returns, values) {
  return logProbs.mul(tensor(returns).sub(values.detach())).sum().neg();
}

/** The mean over the steps of (V(sₜ) - Gₜ)², a tensor of one number through which gradients flow to V. */
export function valueLoss(values, returns) {
  return values.sub(tensor(returns)).square().mean();
}

/**
 * One step of both optimisers, on the mean over the episodes of policy loss plus value loss. A gradient of the policy
 * longer than 1 is scaled down to 1, and one of the critic too, each by itself.
 */
export function update(learner, episodes, gamma) {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const losses = episodes.map((episode) => {
    const returns = returnsToGo(episode.rewards, gamma, valueAfter(critic, episode));
    const expected = values(critic, episode.observations);
    return policyLoss(logProbs(policy, episode), returns, expected).add(valueLoss(expected, returns));
  });
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  stack(losses).mean().backward();
  clipGradNorm(policy.parameters(), 1);
  clipGradNorm(critic.parameters(), 1);
  policyOptimizer.step();
  criticOptimizer.step();
}

/** Gₜ = rₜ + γ Gₜ₊₁, for every step t. `following` is what is still to come after the last step. */
export function returnsToGo(rewards, gamma, following) {
  const returns = new Array(rewards.length);
  let next = following;
  for (let t = rewards.length - 1; t >= 0; t--) {
    next = rewards[t] + gamma * next;
    returns[t] = next;
  }
  return returns;
}

/** log π(aₜ | sₜ) of every step: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy, { observations, actions }) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return categorical(policy.forward(inputs)).logProb(actions);
}

/** Plays one episode. */
export function playEpisode(policy, env, rng) {
  const observations = [];
  const actions = [];
  const rewards = [];
  let { observation } = env.reset();
  for (;;) {
    const action = categorical(policy.forward(observation)).sample(rng);
    const step = env.step(action);
    observations.push(observation);
    actions.push(action);
    rewards.push(step.reward);
    observation = step.observation;
    const { terminated, truncated } = step;
    if (terminated || truncated) return { observations, actions, rewards, last: observation, terminated };
  }
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }) {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  const policyOptimizer = adam(policy.parameters(), { learningRate: 1e-2 });
  const criticOptimizer = adam(critic.parameters(), { learningRate: 1e-2 });
  const learner = { policy, critic, policyOptimizer, criticOptimizer };
  const env = make("CartPole-v1");
  env.reset({ seed });
  const scores = [];
  while (scores.length < episodes) {
    const batch = Array.from({ length: 4 }, () => playEpisode(policy, env, rng));
    update(learner, batch, 0.99);
    scores.push(...batch.map(({ rewards }) => rewards.length));
  }
  return scores.slice(0, episodes);
}
