/** What a policy's networks read in order to learn: rows of a batch, of a minibatch, or made by hand. */

import type { Tensor } from "../tensor/index.js";

/** One row a step. */
export interface Rows {
  /** Observations as numbers, normalised where the policy does that, [m, features]. */
  readonly features: Tensor;
  /** 1 where an action is allowed and 0 where not, [m, outputs]; all are allowed where there is none. */
  readonly masks?: Tensor | undefined;
  /** The order of the rows in time. A policy with memory needs it; others ignore it. */
  readonly sequences?: Sequences | undefined;
  /** What was computed for these rows while acting. */
  readonly forwardCache?: ForwardCache | undefined;
}

/** `copies` sequences of `steps` rows each, one sequence after another. */
export interface Sequences {
  readonly copies: number;
  readonly steps: number;
  /** 1 in the first row of an episode, where the memory is empty, [m]. */
  readonly begins: Uint8Array;
  /** The memory before the first row of each sequence, [copies, memory size]. */
  readonly memory: Tensor;
}

/**
 * The outputs of a network's layers, kept while acting. One row of a forward pass does not depend on the other rows, so as long
 * as the weights are the same, the first gradient step can record these outputs instead of computing them again.
 */
export interface ForwardCache {
  /** Outputs of each layer, [m, width]. */
  readonly layers: readonly Tensor[];
  /** `versionOf` the weights they were computed with. */
  readonly version: number;
}

/** Grows whenever one of these weights is overwritten. */
export function versionOf(weights: readonly Tensor[]): number {
  let version = 0;
  for (let i = 0; i < weights.length; i++) version += weights[i].version;
  return version;
}
