import { f32, i32 } from "../../kernels/memory.js";
import { at, Tensor } from "../tensor.js";

/** Copies the given rows of a tensor [m, …], in the given order. No gradient flows back. */
export function selectRows(x: Tensor, rows: ArrayLike<number>): Tensor {
  const width = x.shape[0] === 0 ? 0 : x.size / x.shape[0];
  const y = new Tensor([rows.length, ...x.shape.slice(1)], x.dtype);
  const to = at(y) >>> 2;
  const from = at(x) >>> 2;
  const numbers = x.dtype === "int32" ? i32 : f32;
  for (let i = 0, k = to; i < rows.length; i++) {
    const row = from + rows[i] * width;
    for (let j = 0; j < width; j++, k++) numbers[k] = numbers[row + j];
  }
  return y;
}
