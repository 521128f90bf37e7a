/** REINFORCE (Williams 1992) on CartPole: each action becomes likelier in proportion to how well its episode went on. */
import { categorical } from "ascent/distributions";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam, clipGradNorm } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, tensor } from "ascent/tensor";

/**
 * What was seen, done and earned at each step of an episode: three lists of the same length.
 * @typedef {object} Episode
 * @property {Float32Array[]} observations
 * @property {number[]} actions
 * @property {number[]} rewards
 */

/** Gₜ = rₜ + γ Gₜ₊₁, for every step t. After the last step comes nothing. */
export function returnsToGo(rewards, gamma) {
  const returns = new Array(rewards.length);
  let following = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    following = rewards[t] + gamma * following;
    returns[t] = following;
  }
  return returns;
}

/**
 * The returns of a batch, one list an episode, minus their mean and divided by their deviation. Both are taken over all
 * steps of all episodes together, so that good episodes stand above bad ones. The deviation is √(Σ (G - mean)² / n). Where
 * all returns are equal, as for a single step, the result is 0.
 */
export function normalise(returns) {
  const all = returns.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  return returns.map((episode) => episode.map((value) => (value - mean) / (deviation + 1e-8)));
}

/** An action drawn from the policy, whose outputs are logits. Takes its randomness from `rng`. */
export function act(policy, observation, rng) {
  return categorical(policy.forward(observation)).sample(rng);
}

/** log π(aₜ | sₜ) of every step of an episode: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy, { observations, actions }) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return categorical(policy.forward(inputs)).logProb(actions);
}

/** -Σₜ Aₜ log π(aₜ | sₜ), a tensor of one number: minus the sum over the steps of an episode. */
export function loss(logProbs, advantages) {
  return logProbs.mul(tensor(advantages)).sum().neg();
}

/**
 * One step of the optimiser, on the mean over the episodes of their losses. The advantages are the normalised returns to
 * go. A gradient longer than 1 is scaled down to 1.
 */
export function update(policy, optimizer, episodes, gamma) {
  const advantages = normalise(episodes.map(({ rewards }) => returnsToGo(rewards, gamma)));
  const losses = episodes.map((episode, i) => loss(logProbs(policy, episode), advantages[i]));
  optimizer.zeroGrad();
  stack(losses).mean().backward();
  clipGradNorm(policy.parameters(), 1);
  optimizer.step();
}

/** Plays one episode. */
export function playEpisode(policy, env, rng) {
  const observations = [];
  const actions = [];
  const rewards = [];
  let { observation } = env.reset();
  for (;;) {
    const action = act(policy, observation, rng);
    const step = env.step(action);
    observations.push(observation);
    actions.push(action);
    rewards.push(step.reward);
    if (step.terminated || step.truncated) return { observations, actions, rewards };
    observation = step.observation;
  }
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }) {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const optimizer = adam(policy.parameters(), { learningRate: 1e-2 });
  const env = make("CartPole-v1");
  env.reset({ seed });
  const scores = [];
  while (scores.length < episodes) {
    const batch = Array.from({ length: 4 }, () => playEpisode(policy, env, rng));
    update(policy, optimizer, batch, 0.99);
    scores.push(...batch.map(({ rewards }) => rewards.length));
  }
  return scores.slice(0, episodes);
}
