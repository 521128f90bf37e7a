/** The part of a policy that has weights: from features to the numbers that a head turns into a distribution. */

import type { Layer, Tensor } from "../tensor/index.js";
import type { ForwardCache } from "./rows.js";

/** A feed-forward network. `mlpNetwork` makes one; any object of this form will do. */
export interface Network {
  /** How many features a row has. */
  readonly inputs: number;
  /** How many numbers come out for a row. */
  readonly outputs: number;
  /** Width of the last hidden layer; `inputs` where there is none. */
  readonly latentSize: number;
  /** All weights, each under a name of its own. */
  parameters(): Tensor[];
  /** The last hidden layer, [m, latentSize], for features [m, inputs]. */
  latent(features: Tensor, cache?: ForwardCache): Tensor;
  /** The outputs, [m, outputs], that follow from `latent`. */
  outputsOf(latent: Tensor, cache?: ForwardCache): Tensor;
  /** Both at once, where that is faster. */
  forward?(features: Tensor, cache?: ForwardCache): Tensor;
  /** A forward pass without tensors, for acting. Without it, acting calls `latent` and `outputsOf`. */
  readonly rows?: RowNetwork;
  /** The layers that make up the network, for exporters and for building it again. Without it, neither is possible. */
  describe?(): readonly Layer[];
}

/** A forward pass on rows of kernel memory, without a graph. */
export interface RowNetwork {
  /** Width of the outputs of each layer; the last layer's are the network's. */
  readonly widths: readonly number[];
  /** Computes rows `first` to `first + count - 1` of each layer from the same rows of `features`. */
  forward(features: Tensor, layers: readonly Tensor[], first: number, count: number): void;
}

/** The outputs for rows of features. */
export function forwardPass(network: Network, features: Tensor, cache?: ForwardCache): Tensor {
  return network.forward?.(features, cache) ?? network.outputsOf(network.latent(features, cache), cache);
}
