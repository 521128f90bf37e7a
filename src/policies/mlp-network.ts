/** A network of fully connected layers. */

import { kernels } from "../kernels/kernels.js";
import { type Layer, linear, network, type Tensor } from "../tensor/index.js";
import { ACTIVATION } from "../tensor/ops/linear.js";
import { at } from "../tensor/tensor.js";
import type { Network, RowNetwork } from "./network.js";
import { type ForwardCache, versionOf } from "./rows.js";

/** A network of the given layers. The last one must have no activation. */
export function mlpNetwork(layers: readonly Layer[]): Network {
  const inner = layers.slice(0, -1);
  const last = layers[inner.length];
  const inputs = layers[0].weights.shape[0];
  const weights = layers.flatMap((layer) => [layer.weights, layer.bias]);
  const known = (cache: ForwardCache | undefined): readonly Tensor[] | undefined =>
    cache !== undefined && cache.version === versionOf(weights) ? cache.layers : undefined;
  return {
    inputs,
    outputs: last.bias.size,
    latentSize: inner.length === 0 ? inputs : inner[inner.length - 1].bias.size,
    parameters: () => [...weights],
    latent: (features, cache) => (inner.length === 0 ? features : network(features, inner, known(cache))),
    outputsOf: (latent, cache) => linear(latent, last.weights, last.bias, "none", known(cache)?.[inner.length]),
    forward: (features, cache) => network(features, layers, known(cache)),
    rows: rowNetwork(layers),
    describe: () => layers,
  };
}

function rowNetwork(layers: readonly Layer[]): RowNetwork {
  return {
    widths: layers.map(({ bias }) => bias.size),
    forward(features, outputs, first, count) {
      let inputs = features.shape[1];
      let input = at(features) + first * inputs * 4;
      for (let i = 0; i < layers.length; i++) {
        const { weights, bias, activation } = layers[i];
        const output = at(outputs[i]) + first * bias.size * 4;
        kernels.linear(output, 0, input, at(weights), at(bias), count, inputs, bias.size, ACTIVATION[activation]);
        input = output;
        inputs = bias.size;
      }
    },
  };
}
