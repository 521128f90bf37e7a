/** REINFORCE's update, one at a time and on batches written by hand, so that its gradient can be looked at. */

import type { Learner } from "../src/algorithms/algorithm.js";
import { reinforce } from "../src/algorithms/reinforce.js";
import { resolveOptions } from "../src/options.js";
import { defaultRng } from "../src/random/index.js";
import type { Batch } from "../src/rollout/batch.js";
import { discrete, type Space } from "../src/spaces/index.js";
import { indices, Tensor, tensor } from "../src/tensor/index.js";

/** A REINFORCE learner with a linear policy and value and value, no clipping, no learning: the gradient of one update can be looked at. */
const still = { hidden: [], init: "kaiming", learningRate: 0, valueLearningRate: 0, maxGradNorm: 0, valueSteps: 1 };

export function learnerFor(
  states: number,
  actionSpace: Space<unknown>,
  options: Readonly<Record<string, unknown>> = {},
): Learner {
  return reinforce.create({
    observationSpace: discrete(states),
    actionSpace,
    options: resolveOptions(reinforce.options, { ...still, episodesPerUpdate: 2, ...options }),
    rng: defaultRng(7),
  });
}

export interface Played {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
  readonly truncated?: boolean;
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
  const segments = episodes.map(({ rewards, truncated = false }) => {
    end += rewards.length;
    return { start: end - rewards.length, end, terminated: !truncated, truncated };
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
    trace: [],
  };
}

/** What an update would add to each parameter of the policy, per unit of the learning rate, by plain gradient ascent. */
export function ascent(learner: Learner, batch: Batch): number[] {
  learner.update(batch, 0);
  return gradients(learner.policy.parameters()).map((value) => -value);
}

export function gradients(parameters: readonly Tensor[]): number[] {
  return parameters.flatMap((p) => [...(p.grad?.toArray() ?? new Float32Array(p.size))]);
}

export function setWeights(parameters: readonly Tensor[], values: (p: Tensor, i: number) => number): void {
  for (const p of parameters) p.set(Float32Array.from({ length: p.size }, (_, i) => values(p, i)));
}
