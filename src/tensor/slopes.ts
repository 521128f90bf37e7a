import type { Tensor } from "./tensor.js";

/** The gradients of parameters in one array, in order. A parameter without a gradient has 0. */
export function slopesOf(parameters: readonly Tensor[]): Float64Array {
  const slopes = new Float64Array(parameters.reduce((sum, { size }) => sum + size, 0));
  let filled = 0;
  for (const { grad, size } of parameters) {
    if (grad !== undefined) slopes.set(grad.toArray(), filled);
    filled += size;
  }
  return slopes;
}
