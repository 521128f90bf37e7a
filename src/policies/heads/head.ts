/**
 * A head turns a network's outputs into a distribution over actions.
 *
 * It has two forms that agree to the bit: `distribution` works on tensors, for learning; `draw`, `mode` and `toEnvAction` work on
 * one row of kernel memory, for acting. An action is stored as it was drawn, because log π belongs to that number. The
 * environment receives what its action space allows.
 */

import type { Generator } from "../../random/generator.js";
import type { DType, Tensor } from "../../tensor/index.js";
import type { HeadDescription } from "../description.js";

/** The distribution over actions in each of m states. */
export interface ActionDistribution {
  /** log π(action), [m]. */
  logProb(actions: Tensor): Tensor;
  /** In nats: [m], or [] where it is the same in every state. */
  entropy(): Tensor;
}

/** Where the numbers of one row lie, as byte addresses in kernel memory. One object is reused for all rows. */
export interface RowAddresses {
  /** The network's outputs. */
  output: number;
  /** The network's last hidden layer. */
  latent: number;
  /** One float an output, 1 where the action is allowed. 0: there is no mask. */
  mask: number;
  /** The action as it is stored; `draw` and `mode` write it. */
  action: number;
  /** log π of the action; `draw` writes it. */
  logProb: number;
  /** Exploration noise of this environment; 0 where the head has none that outlives a step. */
  noise: number;
}

/** What a distribution depends on besides the network's outputs. */
export interface HeadInputs {
  /** The last hidden layer, [m, width], for heads whose noise depends on it. */
  readonly latent?: Tensor;
  /** 1 where an action is allowed and 0 where not, [m, outputs]; all are allowed where there is none. */
  readonly masks?: Tensor | undefined;
}

/** A head. `headFor` makes those of our action spaces; any object of this form will do. */
export interface Head {
  /** How many outputs the network has for it. */
  readonly outputs: number;
  /** One action as it is stored. */
  readonly action: { readonly dtype: DType; readonly shape: readonly number[] };
  /** Weights beside the network's, such as ln σ. */
  readonly parameters: readonly Tensor[];
  /** Whether some actions can be ruled out by a mask. */
  readonly maskable: boolean;
  /** For rows of outputs [m, outputs]. */
  distribution(outputs: Tensor, inputs: HeadInputs): ActionDistribution;
  /** Draws an action, and stores it with its log-probability. */
  draw(row: RowAddresses, rng: Generator): void;
  /** Stores the likeliest action. */
  mode(row: RowAddresses): void;
  /** Writes the environment's action for the stored action at an address into `out`, from element `at` on. */
  toEnvAction(action: number, out: Int32Array | Float32Array, at: number): void;
  /** Noise that outlives a step, for `copies` environments, where the head explores by such noise. */
  exploration?(copies: number): Exploration;
  /** For exporters and for building the head again; without it, neither is possible. */
  describe?(): HeadDescription;
}

/** Noise that outlives a step. */
export interface Exploration {
  /** Called before each step of all copies; `step` counts from the start of the batch. */
  begin(step: number, rng: Generator): void;
  /** The byte address of a copy's noise, valid until the next allocation. */
  at(copy: number): number;
  snapshot(): Float32Array;
  /** @throws RangeError where the length does not fit */
  restore(state: Float32Array): void;
}
