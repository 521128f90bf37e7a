/** Parts of a batch, in random order. */

import { f32, i32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { Tensor } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";

/**
 * The rows 0 … size - 1 in random order, cut into parts of `minibatchSize`; the last may be shorter. A part that would be the
 * whole keeps its order: nothing depends on it, and nothing is drawn.
 */
export function minibatches(size: number, minibatchSize: number, rng: Generator): (Int32Array | undefined)[] {
  if (minibatchSize >= size) return [undefined];
  const order = rng.permutation(size);
  const count = Math.ceil(size / minibatchSize);
  return Array.from({ length: count }, (_, i) => order.subarray(i * minibatchSize, (i + 1) * minibatchSize));
}

/** Those rows of a tensor [m, …], copied; the tensor itself where there is no choice of rows. No gradient flows back. */
export function selectRows(x: Tensor, rows: Int32Array | undefined): Tensor {
  if (rows === undefined) return x;
  const width = x.shape[0] === 0 ? 0 : x.size / x.shape[0];
  const y = new Tensor([rows.length, ...x.shape.slice(1)], x.dtype);
  const [to, from] = [at(y) >>> 2, at(x) >>> 2];
  const numbers = x.dtype === "int32" ? i32 : f32;
  for (let i = 0, k = to; i < rows.length; i++) {
    const row = from + rows[i] * width;
    for (let j = 0; j < width; j++, k++) numbers[k] = numbers[row + j];
  }
  return y;
}
