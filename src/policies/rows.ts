/** The inputs of a policy's networks during learning: the rows of a batch, of a minibatch, or made by hand. */

import type { Tensor } from "../tensor/index.js";

/** One row per step. */
export interface Rows {
  /** Observations as numbers, normalised if the policy has a normaliser, [m, features]. */
  readonly features: Tensor;
  /** 1 for allowed actions and 0 for forbidden ones, [m, entries of an `ActionMask`]. Without masks, all are allowed. */
  readonly masks?: Tensor | undefined;
  /** The order of the rows in time. Only policies with memory need it. */
  readonly sequences?: Sequences | undefined;
  /** Results that were computed for these rows while acting. */
  readonly forwardCache?: ForwardCache | undefined;
}

/** `copies` sequences of `steps` rows each, one sequence after another. */
export interface Sequences {
  readonly copies: number;
  readonly steps: number;
  /** 1 for the first row of each episode, before which the memory is set to zero, [m]. */
  readonly begins: Uint8Array;
  /** The memory before the first row of each sequence, [copies, memory size]. */
  readonly memory: Tensor;
}

/**
 * The outputs of a network's layers, kept while acting. A row of a forward pass does not depend on the other rows, so the
 * first gradient step can record these outputs instead of computing them again, until the weights change.
 */
export interface ForwardCache {
  /** Outputs of each layer, [m, width]. */
  readonly layers: readonly Tensor[];
  /** `versionOf` the weights that they were computed with. */
  readonly version: number;
  /** Frees the layers. Whoever frees the rows calls it. */
  release(): void;
}

/** Grows whenever one of these weights is overwritten. */
export function versionOf(weights: readonly Tensor[]): number {
  let version = 0;
  for (let i = 0; i < weights.length; i++) version += weights[i].version;
  return version;
}
