/** Single updates on hand-written batches, so that tests can check their gradients. */

import type { Algorithm, Diagnostics, Learner } from "../src/algorithms/algorithm.js";
import { reinforce } from "../src/algorithms/reinforce.js";
import { resolveOptions, type Schema } from "../src/options.js";
import { defaultRng } from "../src/random/index.js";
import type { Batch } from "../src/rollout/batch.js";
import { discrete, type Space } from "../src/spaces/index.js";
import { indices, noGrad, Tensor, tensor } from "../src/tensor/index.js";

/** Options for a single gradient step over the whole batch, without clipping, learning or bonus. */
const still: Readonly<Record<string, unknown>> = {
  hidden: [],
  init: "kaiming",
  learningRate: 0,
  valueLearningRate: 0,
  maxGradNorm: 0,
  valueSteps: 1,
  entropyBonus: 0,
  episodesPerUpdate: 2,
  epochs: 1,
  minibatchSize: 1_000_000,
};

/** A learner of any algorithm with a linear policy and value over `states` one-hot states. It does not change its weights. */
export function learnerOf<S extends Schema>(
  algorithm: Algorithm<S>,
  states: number,
  actionSpace: Space<unknown>,
  options: Readonly<Record<string, unknown>> = {},
): Learner {
  const known = Object.entries(still).filter(([name]) => name in algorithm.options);
  return algorithm.create({
    observationSpace: discrete(states),
    actionSpace,
    options: resolveOptions(algorithm.options, { ...Object.fromEntries(known), ...options }),
    rng: defaultRng(7),
  });
}

/** The same for REINFORCE. */
export function learnerFor(
  states: number,
  actionSpace: Space<unknown>,
  options: Readonly<Record<string, unknown>> = {},
): Learner {
  return learnerOf(reinforce, states, actionSpace, options);
}

export interface Played {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly truncated?: boolean;
  /** The batch was full while the episode went on. */
  readonly open?: boolean;
  /** The state after the last step. */
  readonly last?: number;
}

function oneHot(states: readonly number[], n: number): Tensor {
  const rows = new Float32Array(states.length * n);
  states.forEach((state, t) => {
    rows[t * n + state] = 1;
  });
  return tensor(rows, [states.length, n]);
}

export function batchOf(episodes: readonly Played[], n: number): Batch {
  let end = 0;
  const segments = episodes.map(({ rewards, truncated = false, open = false }) => {
    end += rewards.length;
    return { start: end - rewards.length, end, terminated: !truncated && !open, truncated };
  });
  return {
    size: end,
    features: oneHot(
      episodes.flatMap(({ states }) => states),
      n,
    ),
    actions: indices(episodes.flatMap(({ actions }) => actions)),
    logProbs: new Tensor([end]),
    rewards: Float64Array.from(episodes.flatMap(({ rewards }) => rewards)),
    segments,
    finalFeatures: oneHot(
      episodes.map(({ last = 0 }) => last),
      n,
    ),
  };
}

/** The batch with the log-probabilities of this learner's policy. */
export function playedBy({ policy }: Learner, batch: Batch): Batch {
  return { ...batch, logProbs: noGrad(() => policy.distribution(batch).logProb(batch.actions)) };
}

/**
 * The Aₜ of an actor-critic's update, computed from its gradient: each step has its own state with value `V`, and takes
 * action 0 of two equally likely ones, so the gradient of its logit is Aₜ/2 divided by the number of steps. The last
 * observations are the states that follow.
 */
export function advantagesIn<S extends Schema>(
  algorithm: Algorithm<S>,
  options: Readonly<Record<string, unknown>>,
  episodes: readonly Pick<Played, "rewards" | "truncated" | "open">[],
  V: readonly number[] = [],
): number[] {
  const steps = episodes.reduce((total, { rewards }) => total + rewards.length, 0);
  const states = steps + episodes.length;
  const learner = learnerOf(algorithm, states, discrete(2), { gamma: 1, ...options });
  setWeights(learner.policy.parameters(), () => 0);
  setWeights(learner.weights.slice(2), (p, i) => (p.shape.length === 2 ? (V[i] ?? 0) : 0));
  let state = 0;
  const played = episodes.map((episode, i): Played => {
    const taken = { states: episode.rewards.map(() => state++), actions: episode.rewards.map(() => 0) };
    return { ...episode, ...taken, last: steps + i };
  });
  const direction = ascent(learner, playedBy(learner, batchOf(played, states)));
  return Array.from({ length: steps }, (_, t) => Number((direction[2 * t] * 2 * steps).toFixed(4)));
}

/** Runs an update to its end, through all of its pauses. */
export function updated(learner: Learner, batch: Batch, progress = 0): Diagnostics {
  const update = learner.update(batch, progress);
  if (!isStepwise(update)) return update;
  for (;;) {
    const { done, value } = update.next();
    if (done) return value;
  }
}

function isStepwise(update: Diagnostics | Iterator<void, Diagnostics>): update is Iterator<void, Diagnostics> {
  return typeof update.next === "function";
}

/** What an update would add to each parameter of the policy, per unit of the learning rate, by plain gradient ascent. */
export function ascent(learner: Learner, batch: Batch): number[] {
  updated(learner, batch);
  return gradients(learner.policy.parameters()).map((value) => -value);
}

export function gradients(parameters: readonly Tensor[]): number[] {
  return parameters.flatMap((p) => [...(p.grad?.toArray() ?? new Float32Array(p.size))]);
}

export function setWeights(parameters: readonly Tensor[], values: (p: Tensor, i: number) => number): void {
  for (const p of parameters) p.set(Float32Array.from({ length: p.size }, (_, i) => values(p, i)));
}
