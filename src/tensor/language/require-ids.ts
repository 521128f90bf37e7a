import { i32 } from "../../kernels/memory.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Tensor } from "../tensor.js";

/** @throws TensorError naming the first wrong element, unless this is an int32 tensor of numbers from `low` to `high` */
export function requireIds(operation: string, ids: Tensor, low: number, high: number): void {
  requireTensor(operation, ids);
  if (ids.dtype !== "int32") {
    const made = "make them with indices(…)";
    throw new TensorError(`${operation}: ids must be int32, got a float32 tensor ${showShape(ids.shape)}; ${made}`);
  }
  const start = at(ids) >>> 2;
  for (let i = 0; i < ids.size; i++) {
    const id = i32[start + i];
    if (id >= low && id <= high) continue;
    throw new TensorError(
      `${operation}: id ${id} at element ${i} of ids ${showShape(ids.shape)} is not from ${low} to ${high}`,
    );
  }
}
