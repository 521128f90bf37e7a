/** The network of a policy: from features to the outputs that a head turns into a distribution. */

import type { Layer, Tensor } from "../tensor/index.js";
import type { ForwardCache } from "./rows.js";

/** A feed-forward network. `mlpNetwork` makes one; you can pass your own to `policyOf`. */
export interface Network {
  /** The number of features in a row. */
  readonly inputs: number;
  /** The number of outputs for a row. */
  readonly outputs: number;
  /** Width of the last hidden layer, or `inputs` if there is none. */
  readonly latentSize: number;
  /** All weights, with distinct names. */
  parameters(): Tensor[];
  /** The last hidden layer, [m, latentSize], for features [m, inputs]. */
  latent(features: Tensor, cache?: ForwardCache): Tensor;
  /** The outputs, [m, outputs], from the result of `latent`. */
  outputsOf(latent: Tensor, cache?: ForwardCache): Tensor;
  /** Both in one operation, if that is faster. */
  forward?(features: Tensor, cache?: ForwardCache): Tensor;
  /** A forward pass without tensors, for acting. Without it, acting calls `latent` and `outputsOf`. */
  readonly rows?: RowNetwork;
  /** The layers, for exporters and checkpoints. Without it, the policy can't be exported, or loaded to act. */
  describe?(): readonly Layer[];
}

/** A forward pass on rows of kernel memory, without a graph. */
export interface RowNetwork {
  /** The width of each layer's outputs. The last layer gives the network's outputs. */
  readonly widths: readonly number[];
  /** Computes rows `first` to `first + count - 1` of each layer from the same rows of `features`. */
  forward(features: Tensor, layers: readonly Tensor[], first: number, count: number): void;
}

/** The network's outputs for rows of features. */
export function forwardPass(network: Network, features: Tensor, cache?: ForwardCache): Tensor {
  return network.forward?.(features, cache) ?? network.outputsOf(network.latent(features, cache), cache);
}
