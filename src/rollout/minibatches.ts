/** Parts of a batch, in random order. */

import { release } from "../kernels/heap.js";
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

/** What gradient steps go through, a row for each step of the environment: what was collected, and what was computed for it. */
export interface Steps {
  readonly features: Tensor;
  readonly actions: Tensor;
  readonly logProbs: Tensor;
  readonly masks: Tensor | undefined;
  readonly values: Tensor;
  readonly advantages: Float64Array;
  readonly returns: Tensor;
}

/** Those steps in minibatches, each of them good until the next one is asked for; one that would be the whole is the whole. */
export function* inMinibatches(steps: Steps, minibatchSize: number, rng: Generator): Iterable<Steps> {
  const room = new Float64Array(minibatchSize < steps.advantages.length ? minibatchSize : 0);
  for (const rows of minibatches(steps.advantages.length, minibatchSize, rng)) {
    if (rows === undefined) {
      yield steps;
      continue;
    }
    const advantages = room.subarray(0, rows.length);
    for (let i = 0; i < rows.length; i++) advantages[i] = steps.advantages[rows[i]];
    const features = selectRows(steps.features, rows);
    const actions = selectRows(steps.actions, rows);
    const logProbs = selectRows(steps.logProbs, rows);
    const masks = steps.masks === undefined ? undefined : selectRows(steps.masks, rows);
    const values = selectRows(steps.values, rows);
    const returns = selectRows(steps.returns, rows);
    yield { features, actions, logProbs, masks, values, advantages, returns };
    for (const column of [features, actions, logProbs, masks, values, returns])
      if (column !== undefined) release(column.block);
  }
}
