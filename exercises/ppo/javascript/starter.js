/**
 * PPO on CartPole: several passes over the same steps, as far as the policy stays near the one that took them.
 *
 * Replace each `yours(…)` by your own code, from top to bottom. The comment above a function says what it returns.
 * The rest is complete. ppo.md, beside this file, has the commands and the parts of Ascent that you need.
 */
import { categorical } from "ascent/distributions";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, tensor } from "ascent/tensor";

/**
 * Steps in the order in which they were taken, of several episodes one after the other: lists of the same length.
 * @typedef {object} Steps
 * @property {Float32Array[]} observations What was seen before each step.
 * @property {Float32Array[]} nextObservations What was seen after it.
 * @property {number[]} actions
 * @property {number[]} rewards
 * @property {number[]} logProbs log π(aₜ | sₜ) of the policy that acted. It stays as it is while the policy changes.
 * @property {boolean[]} terminated Whether the world ended the episode with this step: nothing is to come.
 * @property {boolean[]} truncated Whether a time limit cut it off: more would have followed.
 */

/**
 * The networks, each with its optimiser. The policy puts out logits, the critic one number, V(s).
 * @typedef {object} Learner
 * @property {import("ascent/nn").Mlp} policy
 * @property {import("ascent/nn").Mlp} critic
 * @property {import("ascent/optim").Optimizer} policyOptimizer
 * @property {import("ascent/optim").Optimizer} criticOptimizer
 */

/**
 * What an update is told.
 * @typedef {object} Settings
 * @property {number} gamma
 * @property {number} lambda
 * @property {number} clip ε: how far the ratio may move from 1.
 * @property {number} epochs How often an update goes through its steps.
 * @property {number} minibatchSize How many of them one step of the optimisers takes.
 */

/** ρ = π(a | s) / π_old(a | s) of every step, from the logarithms of both: a tensor [T] with the gradient of π. */
export function ratios(logProbs, oldLogProbs) {
  return yours("ratios", logProbs, oldLogProbs);
}

/**
 * -mean(min(ρA, clip(ρ, 1 - ε, 1 + ε) A)), a tensor of one number. The minimum is taken for each step by itself, and ε is
 * `clip`. `ratios` is a tensor, `advantages` a list of numbers.
 */
export function policyLoss(ratios, advantages, clip) {
  return yours("policyLoss", ratios, advantages, clip);
}

/** The numbers 0 … size - 1 in a new random order, cut into lists of `minibatchSize`; the last one may be shorter. */
export function minibatches(size, minibatchSize, rng) {
  return yours("minibatches", size, minibatchSize, rng);
}

/**
 * Goes through all steps `epochs` times. Advantages, normalised over all steps, and the critic's targets A + V are computed
 * once, before the first epoch: `judged` does both. Each epoch draws a new order by `minibatches`. Each minibatch is one step
 * of both optimisers on the policy's loss plus the critic's, the mean of (V(sₜ) - targetₜ)²: `zeroGrad()` of both,
 * `backward()` of the loss, `clipGradNorm`, `step()` of both. A gradient of the policy longer than 0.5 is scaled down to 0.5,
 * and one of the critic too, each by itself.
 */
export function update(learner, steps, settings, rng) {
  yours("update", learner, steps, settings, rng);
}

/** The elements of a list in these rows. */
export function pick(list, rows) {
  return rows.map((row) => list[row]);
}

/** The normalised advantages by GAE, and the critic's targets. Plain numbers. */
export function judged(critic, steps, { gamma, lambda }) {
  const before = [...values(critic, steps.observations).toArray()];
  const after = [...values(critic, steps.nextObservations).toArray()];
  const advantages = gae(steps, before, after, gamma, lambda);
  return { advantages: normalise(advantages), targets: advantages.map((advantage, t) => advantage + before[t]) };
}

/** Aₜ = δₜ + γλ Aₜ₊₁ within an episode, with δₜ = rₜ + γ V(sₜ₊₁) - V(sₜ), or rₜ - V(sₜ) before a terminal state. */
export function gae({ rewards, terminated, truncated }, values, nextValues, gamma, lambda) {
  const advantages = new Array(rewards.length);
  let following = 0;
  for (let t = rewards.length - 1; t >= 0; t--) {
    const delta = rewards[t] + (terminated[t] ? 0 : gamma * nextValues[t]) - values[t];
    following = delta + (terminated[t] || truncated[t] ? 0 : gamma * lambda * following);
    advantages[t] = following;
  }
  return advantages;
}

/** Numbers minus their mean and divided by their deviation, √(Σ (A - mean)² / n). */
export function normalise(numbers) {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const deviation = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
  return numbers.map((value) => (value - mean) / (deviation + 1e-8));
}

/** V(s) of every observation: a tensor [T] through which gradients flow to the critic. */
export function values(critic, observations) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return critic.forward(inputs).reshape([observations.length]);
}

/** log π(aₜ | sₜ) of every step: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy, observations, actions) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return categorical(policy.forward(inputs)).logProb(actions);
}

/** Takes steps, from one episode into the next. Returns them, and adds the returns of the episodes that ended to `scores`. */
export function collector(policy, env, rng, scores) {
  let { observation } = env.reset();
  let score = 0;
  return (count) => {
    const observations = [];
    const nextObservations = [];
    const actions = [];
    const rewards = [];
    const logProbs = [];
    const terminated = [];
    const truncated = [];
    for (let t = 0; t < count; t++) {
      const pi = categorical(policy.forward(observation));
      const action = pi.sample(rng);
      const step = env.step(action);
      observations.push(observation);
      nextObservations.push(step.observation);
      actions.push(action);
      rewards.push(step.reward);
      logProbs.push(pi.logProb(action).item());
      terminated.push(step.terminated);
      truncated.push(step.truncated);
      score += step.reward;
      observation = step.observation;
      if (step.terminated || step.truncated) {
        scores.push(score);
        score = 0;
        observation = env.reset().observation;
      }
    }
    return { observations, nextObservations, actions, rewards, logProbs, terminated, truncated };
  };
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }) {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  const policyOptimizer = adam(policy.parameters(), { learningRate: 1e-3 });
  const criticOptimizer = adam(critic.parameters(), { learningRate: 1e-3 });
  const learner = { policy, critic, policyOptimizer, criticOptimizer };
  const env = make("CartPole-v1");
  env.reset({ seed });
  const scores = [];
  const collect = collector(policy, env, rng, scores);
  const settings = { gamma: 0.99, lambda: 0.95, clip: 0.2, epochs: 10, minibatchSize: 64 };
  while (scores.length < episodes) update(learner, collect(1024), settings, rng);
  return scores.slice(0, episodes);
}

/** Stands where your code goes. */
function yours(name, ..._given) {
  throw new Error(`${name} is not written yet`);
}
