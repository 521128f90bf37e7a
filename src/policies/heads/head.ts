/**
 * A head turns a network's outputs into a distribution over actions.
 *
 * It has two forms with the same bits: `distribution` works on tensors, for learning; `draw`, `mode` and `toEnvAction`
 * work on one row of kernel memory, for acting. Actions are stored as drawn, because log π is the density of that
 * number. `toEnvAction` converts them to values of the action space.
 */

import type { Generator } from "../../random/generator.js";
import type { DType, Tensor } from "../../tensor/index.js";
import type { HeadDescription } from "../description.js";

/** The distribution over actions in each of m states. */
export interface ActionDistribution {
  /** log π(action), [m]. */
  logProb(actions: Tensor): Tensor;
  /** In nats: [m], or [] if it is the same in every state. */
  entropy(): Tensor;
  /** KL(this ‖ other) in nats, [m], for a distribution of the same kind. */
  kl?(other: ActionDistribution): Tensor;
}

/** Byte addresses of one row's numbers in kernel memory. One object is reused for all rows. */
export interface RowAddresses {
  /** The network's outputs. */
  output: number;
  /** The network's last hidden layer. */
  latent: number;
  /** The entries of an `ActionMask`, as floats 1 and 0. The address 0 means that there is no mask. */
  mask: number;
  /** The stored action, which `draw` and `mode` write. */
  action: number;
  /** log π of the action, which `draw` writes. */
  logProb: number;
  /** The exploration noise of this environment. The address 0 means that no noise lasts longer than a step. */
  noise: number;
}

/** Inputs of a distribution other than the network's outputs. */
export interface HeadInputs {
  /** The last hidden layer, [m, width], for heads whose noise depends on it. */
  readonly latent?: Tensor;
  /** 1 for allowed actions and 0 for forbidden ones, [m, entries of an `ActionMask`]. Without masks, all are allowed. */
  readonly masks?: Tensor | undefined;
}

/** A head. `headFor` makes the built-in ones; you can pass your own object to `policyOf`. */
export interface Head {
  /** How many outputs of the network it needs. */
  readonly outputs: number;
  /** Type and shape of a stored action. */
  readonly action: { readonly dtype: DType; readonly shape: readonly number[] };
  /** Its own parameters, such as ln σ. */
  readonly parameters: readonly Tensor[];
  /** Whether a mask can forbid actions. */
  readonly maskable: boolean;
  /** The distributions for rows of outputs [m, outputs]. */
  distribution(outputs: Tensor, inputs: HeadInputs): ActionDistribution;
  /** Draws an action, and stores it with its log-probability. */
  draw(row: RowAddresses, rng: Generator): void;
  /** Stores the most likely action. */
  mode(row: RowAddresses): void;
  /** Converts the stored action at an address for the environment, and writes it to `out` from index `at` on. */
  toEnvAction(action: number, out: Int32Array | Float32Array, at: number): void;
  /** Makes the noise for `copies` environments, for heads with noise that lasts longer than a step. */
  exploration?(copies: number): Exploration;
  /** A description for exporters and checkpoints. Without it, the policy can't be exported, or loaded to act. */
  describe?(): HeadDescription;
}

/** Exploration noise that lasts longer than a step. */
export interface Exploration {
  /** Called before each step of all copies; `step` counts from the start of the batch. */
  begin(step: number, rng: Generator): void;
  /** The byte address of a copy's noise, valid until the next allocation. */
  at(copy: number): number;
  snapshot(): Float32Array;
  /** @throws RangeError if the length does not fit */
  restore(state: Float32Array): void;
}
