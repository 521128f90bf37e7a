/** What a policy carries from step to step, for worlds that a single observation does not show in full. */

import type { GruWeights, Tensor } from "../tensor/index.js";
import type { Sequences } from "./rows.js";

/** A recurrent layer between the features and the network. `gruMemory` makes one; any object of this form will do. */
export interface Memory {
  /** Numbers that are carried from step to step, which are also what the network reads in place of the features. */
  readonly size: number;
  parameters(): Tensor[];
  /** One step of m sequences: the new memory [m, size] from features [m, inputs] and the old memory [m, size]. */
  step(features: Tensor, memory: Tensor): Tensor;
  /** Every step of the sequences: the memory after each row, [m, size]. It has the bits of one `step` after another. */
  unroll(features: Tensor, sequences: Sequences): Tensor;
  /** For exporters and for building it again; without it, neither is possible. */
  describe?(): MemoryDescription;
}

/** A gated recurrent unit. */
export interface MemoryDescription {
  readonly kind: "gru";
  readonly weights: GruWeights;
}
