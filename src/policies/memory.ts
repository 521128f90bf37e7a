/** A policy's memory, for environments in which one observation does not show the whole state. */

import type { GruWeights, Tensor } from "../tensor/index.js";
import type { Sequences } from "./rows.js";

/** A recurrent layer between the features and the network. `gruMemory` makes one; you can pass your own to `policyOf`. */
export interface Memory {
  /** How many numbers are carried from step to step. The network reads them instead of the features. */
  readonly size: number;
  parameters(): Tensor[];
  /** One step of m sequences: the new memory [m, size] from features [m, inputs] and the old memory [m, size]. */
  step(features: Tensor, memory: Tensor): Tensor;
  /** The memory after each row of the sequences, [m, size], with the same bits as repeated calls of `step`. */
  unroll(features: Tensor, sequences: Sequences): Tensor;
  /** A description for exporters and checkpoints. Without it, the policy can't be exported, or loaded to act. */
  describe?(): MemoryDescription;
}

/** A gated recurrent unit. */
export interface MemoryDescription {
  readonly kind: "gru";
  readonly weights: GruWeights;
}
