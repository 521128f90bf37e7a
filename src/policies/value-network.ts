/** V(s): the return that is expected from a state on, learned by regression. */

import { type Initialiser, mlp } from "../nn/index.js";
import type { Generator } from "../random/generator.js";
import { type Activation, noGrad, type Tensor } from "../tensor/index.js";

/** V(s), learned by regression. */
export interface ValueNetwork {
  parameters(): Tensor[];
  /** V of each row of features: [m, features] to [m]. */
  forward(features: Tensor): Tensor;
  /** The same as plain numbers, without a graph. */
  valuesOf(features: Tensor): Float32Array;
}

/** A network with one output, V, for each row of features. */
export function valueNetwork(options: {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly rng: Generator;
  readonly hiddenInit?: Initialiser;
  readonly outputInit?: Initialiser;
  readonly bias?: "zero" | "uniform";
}): ValueNetwork {
  const network = mlp({ ...options, sizes: [options.inputs, ...options.hidden, 1], name: "value" });
  const forward = (features: Tensor): Tensor => network.forward(features).reshape([features.shape[0]]);
  return {
    parameters: network.parameters,
    forward,
    valuesOf: (features) => noGrad(() => forward(features).toArray()),
  };
}
