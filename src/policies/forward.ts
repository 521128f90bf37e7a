import { kernels } from "../kernels/kernels.js";
import type { Tensor } from "../tensor/index.js";
import { ACTIVATION } from "../tensor/ops/linear.js";
import type { Layer } from "../tensor/ops/network.js";
import { at } from "../tensor/tensor.js";

/**
 * Runs a network on rows `row` to `row + count - 1` of `features`, into the same rows of each layer's buffer of outputs: no
 * tensors are made and nothing is recorded.
 */
export function forwardRows(
  layers: readonly Layer[],
  features: Tensor,
  outputs: readonly Tensor[],
  row: number,
  count: number,
): void {
  let inputs = features.shape[1];
  let input = at(features) + row * inputs * 4;
  for (let i = 0; i < layers.length; i++) {
    const { weights, bias, activation } = layers[i];
    const output = at(outputs[i]) + row * bias.size * 4;
    kernels.linear(output, 0, input, at(weights), at(bias), count, inputs, bias.size, ACTIVATION[activation]);
    input = output;
    inputs = bias.size;
  }
}
