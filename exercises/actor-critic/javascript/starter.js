/**
 * One-step actor-critic on CartPole: each step is judged at once, by what the critic expects before and after it.
 *
 * Replace each `yours(…)` by your own code, from top to bottom. The comment above a function says what it returns.
 * The rest is complete. actor-critic.md, beside this file, has the commands and the parts of Ascent that you need.
 */
import { categorical } from "ascent/distributions";
import { make } from "ascent/envs";
import { mlp } from "ascent/nn";
import { adam } from "ascent/optim";
import { defaultRng } from "ascent/random";
import { stack, tensor } from "ascent/tensor";

/**
 * Steps in the order in which they were taken: lists of the same length.
 * @typedef {object} Steps
 * @property {Float32Array[]} observations What was seen before each step.
 * @property {Float32Array[]} nextObservations What was seen after it.
 * @property {number[]} actions
 * @property {number[]} rewards
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
 * rₜ + γ V(sₜ₊₁), or rₜ where the step led to a terminal state. `nextValues` are V(sₜ₊₁), a tensor [T] with a gradient. The
 * result is a tensor [T] without one: the critic is drawn towards its target, not the target towards the critic.
 */
export function targets(steps, nextValues, gamma) {
  return yours("targets", steps, nextValues, gamma);
}

/** -Σₜ Aₜ log π(aₜ | sₜ), with Aₜ = targetₜ - V(sₜ): a tensor of one number. No gradient flows to V. */
export function policyLoss(logProbs, targets, values) {
  return yours("policyLoss", logProbs, targets, values);
}

/** The mean over the steps of (V(sₜ) - targetₜ)², a tensor of one number through which gradients flow to V. */
export function criticLoss(values, targets) {
  return yours("criticLoss", values, targets);
}

/**
 * One step of both optimisers, on policy loss plus critic loss. A gradient of the policy longer than 1 is scaled down to 1,
 * and one of the critic too, each by itself.
 */
export function update(learner, steps, gamma) {
  yours("update", learner, steps, gamma);
}

/** V(s) of every observation: a tensor [T] through which gradients flow to the critic. */
export function values(critic, observations) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return critic.forward(inputs).reshape([observations.length]);
}

/** log π(aₜ | sₜ) of every step: a tensor [T] through which gradients flow to the policy. */
export function logProbs(policy, { observations, actions }) {
  const inputs = stack(observations.map((observation) => tensor(observation)));
  return categorical(policy.forward(inputs)).logProb(actions);
}

/** Plays one episode. */
export function playEpisode(policy, env, rng) {
  const observations = [];
  const nextObservations = [];
  const actions = [];
  const rewards = [];
  const terminated = [];
  const truncated = [];
  let { observation } = env.reset();
  for (;;) {
    const action = categorical(policy.forward(observation)).sample(rng);
    const step = env.step(action);
    observations.push(observation);
    nextObservations.push(step.observation);
    actions.push(action);
    rewards.push(step.reward);
    terminated.push(step.terminated);
    truncated.push(step.truncated);
    if (step.terminated || step.truncated)
      return { observations, nextObservations, actions, rewards, terminated, truncated };
    observation = step.observation;
  }
}

/** Learns CartPole-v1. Returns what each episode paid: 1 for each step with the pole upright, at most 500. */
export function train({ seed, episodes }) {
  const rng = defaultRng(seed);
  const policy = mlp({ sizes: [4, 64, 2], activation: "tanh", rng });
  const critic = mlp({ sizes: [4, 64, 1], activation: "tanh", rng });
  // The policy is judged by the critic alone, so the critic learns twenty times as fast.
  const policyOptimizer = adam(policy.parameters(), { learningRate: 1e-3 });
  const criticOptimizer = adam(critic.parameters(), { learningRate: 2e-2 });
  const learner = { policy, critic, policyOptimizer, criticOptimizer };
  const env = make("CartPole-v1");
  env.reset({ seed });
  return Array.from({ length: episodes }, () => {
    const steps = playEpisode(policy, env, rng);
    update(learner, steps, 0.95);
    return steps.rewards.length;
  });
}

/** Stands where your code goes. */
function yours(name, ..._given) {
  throw new Error(`${name} is not written yet`);
}
