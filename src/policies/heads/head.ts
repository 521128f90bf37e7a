/**
 * A head: what makes a distribution over actions of a network's outputs.
 *
 * It comes in two forms that agree: `distribution`, on tensors, for learning; and `draw`, `mode` and `give`, on one row of
 * kernel memory, for acting. Actions are stored as they were drawn, because log π belongs to that number; the environment is
 * given what its action space allows.
 */

import type { Generator } from "../../random/generator.js";
import type { DType, Tensor } from "../../tensor/index.js";

/** The distribution over actions in each of m states. */
export interface ActionDistribution {
  /** log π(action), [m]. */
  logProb(actions: Tensor): Tensor;
  /** In nats: [m], or [] where it is the same in every state. */
  entropy(): Tensor;
}

/** Where the numbers of one state lie: byte addresses in kernel memory. One object is filled in anew for every step. */
export interface Place {
  /** The network's outputs. */
  output: number;
  /** What its last hidden layer gave. */
  latent: number;
  /** One float an output, 1 where the action is allowed; 0: all are. */
  mask: number;
  /** The action as it is stored, and log π of it: written by `draw`. */
  action: number;
  logProb: number;
  /** What exploration keeps for this environment; 0 where the head's has no memory. */
  noise: number;
}

/** What a head needs besides a network's outputs. */
export interface HeadInputs {
  /** What the last hidden layer gave, [m, width]: for heads whose exploration depends on it. */
  readonly latent?: Tensor;
  /** 1 where an action is allowed and 0 where not, [m, outputs]; all are, where there is none. */
  readonly masks?: Tensor | undefined;
}

/** What every kind of head can do. */
export interface HeadOperations {
  /** How many outputs the network has for it. */
  readonly outputs: number;
  /** One action as it is stored. */
  readonly action: { readonly dtype: DType; readonly shape: readonly number[] };
  /** What is learned beside the network. */
  readonly parameters: readonly Tensor[];
  /** For rows of outputs [m, outputs]. */
  distribution(outputs: Tensor, inputs: HeadInputs): ActionDistribution;
  /** Draws an action, and stores it with its log-probability. */
  draw(place: Place, rng: Generator): void;
  /** Takes from the generator what `draw` would, for a copy whose action is drawn in another thread. */
  skip(rng: Generator): void;
  /** Stores the likeliest action. */
  mode(place: Place): void;
  /** Writes what the environment is to do for the action stored at an address. */
  give(action: number, out: Int32Array | Float32Array, at: number): void;
  /** Where exploration outlives a step: a memory for it, one for each who acts, with a part for each of `copies` environments. */
  exploration?(copies: number): Exploration;
}

/** Noise that outlives a step. */
export interface Exploration {
  /** Called before each step of all copies, which counts from the start of the batch. */
  begin(step: number, rng: Generator): void;
  /** Where the noise of a copy lies: a byte address, valid until the next allocation. */
  at(copy: number): number;
  snapshot(): Float32Array;
  /** @throws RangeError where the length does not fit */
  restore(state: Float32Array): void;
}
