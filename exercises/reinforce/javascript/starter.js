/**
 * REINFORCE (Williams 1992) on CartPole: each action becomes likelier in proportion to how well its episode went on.
 *
 * Replace each `yours(…)` by your own code, from top to bottom. The comment above a function says what it returns.
 * The rest is complete. reinforce.md, beside this file, has the commands and the parts of Ascent that you need.
 */
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam } from "ascent/optim";
import { defaultRng } from "ascent/random";

/**
 * What was seen, done and earned at each step of an episode: three lists of the same length.
 * @typedef {object} Episode
 * @property {Float32Array[]} observations
 * @property {number[]} actions
 * @property {number[]} rewards
 */

/** Gₜ = rₜ + γ Gₜ₊₁, for every step t. After the last step comes nothing. */
export function returnsToGo(rewards, gamma) {
  return yours("returnsToGo", rewards, gamma);
}

/**
 * The returns of a batch, one list an episode, minus their mean and divided by their deviation. Both are taken over all
 * steps of all episodes together, so that good episodes stand above bad ones. The deviation is √(Σ (G - mean)² / n). Where
 * all returns are equal, as for a single step, the result is 0.
 */
export function normalise(returns) {
  return yours("normalise", returns);
}

/** An action drawn from the policy, whose outputs are logits. Takes its randomness from `rng`. */
export function act(policy, observation, rng) {
  return yours("act", policy, observation, rng);
}

/** log π(aₜ | sₜ) of every step of an episode: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy, { observations, actions }) {
  return yours("logProbs", policy, observations, actions);
}

/** -Σₜ Aₜ log π(aₜ | sₜ), a tensor of one number: minus the sum over the steps of an episode. */
export function loss(logProbs, advantages) {
  return yours("loss", logProbs, advantages);
}

/**
 * One step of the optimiser, on the mean over the episodes of their losses. The advantages are the normalised returns to
 * go. A gradient longer than 1 is scaled down to 1.
 */
export function update(policy, optimizer, episodes, gamma) {
  yours("update", policy, optimizer, episodes, gamma);
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

/** Stands where your code goes. */
function yours(name, ..._given) {
  throw new Error(`${name} is not written yet`);
}
