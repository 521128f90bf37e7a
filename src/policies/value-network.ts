/** V(s): the expected return from a state, learned by regression. */

import { mlp } from "../nn/index.js";
import type { Space } from "../spaces/index.js";
import { noGrad, type Tensor } from "../tensor/index.js";
import { mlpNetwork } from "./mlp-network.js";
import { firstLayers, type LayerOptions } from "./mlp-policy.js";
import { forwardPass } from "./network.js";

/** A network that estimates V(s). */
export interface ValueNetwork {
  parameters(): Tensor[];
  /** V of each row of features: [m, features] to [m]. */
  forward(features: Tensor): Tensor;
  /** The same as plain numbers, without a graph. */
  valuesOf(features: Tensor): Float32Array;
}

/** A value network for rows of `inputs` features. */
export function valueNetwork(
  options: LayerOptions & { readonly inputs: number; readonly observationSpace: Space<unknown> },
): ValueNetwork {
  const first = firstLayers(options, options.observationSpace, options.inputs, "value");
  const width = first.at(-1)?.bias.size ?? options.inputs;
  const { layers } = mlp({ ...options, sizes: [width, ...options.hidden, 1], name: "value" });
  const network = mlpNetwork([...first, ...layers]);
  const forward = (features: Tensor): Tensor => forwardPass(network, features).reshape([features.shape[0]]);
  return {
    parameters: network.parameters,
    forward,
    valuesOf: (features) => noGrad(() => forward(features).toArray()),
  };
}
