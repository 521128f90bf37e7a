/** Sums, means and variances over all elements or along one axis, which the result no longer has. */

import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { around, axisOf, showShape, TensorError } from "../shape.js";
import { at, type Node, type Tensor } from "../tensor.js";

interface Saved {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly factor: number;
}

function plan(
  operation: string,
  x: Tensor,
  axis: number | undefined,
): { shape: number[]; outer: number; length: number; inner: number } {
  if (axis === undefined) return { shape: [], ...around(x.shape, undefined) };
  const which = axisOf(operation, x.shape, axis);
  return { shape: x.shape.filter((_, other) => other !== which), ...around(x.shape, which) };
}

function scaledSum(x: Tensor, { shape, outer, length, inner }: ReturnType<typeof plan>, factor: number): Tensor {
  const y = result(shape, [x], { outer, length, inner, factor }, sumBackward);
  kernels.reduce_sum(at(y), at(x), outer, length, inner, factor);
  return y;
}

/** dx += factor · dy, the same for every element of a sum. */
function sumBackward(
  y: Tensor,
  { inputs: [x], saved: { outer, length, inner, factor } }: Node & { saved: Saved },
): void {
  const dx = gradient(x);
  kernels.reduce_sum_backward(at(dx), at(y.grad!), outer, length, inner, factor);
}

/** Σ x, over all elements or along one axis. */
export function sum(x: Tensor, axis?: number): Tensor {
  return scaledSum(x, plan("sum", x, axis), 1);
}

/** Σ x / n, over all elements or along one axis. @throws TensorError if there are no elements */
export function mean(x: Tensor, axis?: number): Tensor {
  const over = plan("mean", x, axis);
  if (over.length === 0) throw new TensorError(`mean: needs at least one number, got shape ${showShape(x.shape)}`);
  return scaledSum(x, over, 1 / over.length);
}

/**
 * Σ(x - mean)² / (n - ddof), over all elements or along one axis. `ddof` 0 is the variance of these numbers, 1 the
 * unbiased estimate from a sample.
 *
 * @throws TensorError unless n > ddof
 */
export function variance(x: Tensor, axis?: number, { ddof = 0 }: { ddof?: 0 | 1 } = {}): Tensor {
  const { shape, outer, length, inner } = plan("variance", x, axis);
  const divisor = length - ddof;
  if (divisor <= 0)
    throw new TensorError(
      `variance: ${length} numbers with ddof ${ddof} leave nothing to divide by (shape ${showShape(x.shape)})`,
    );
  const y = result(shape, [x], { outer, length, inner, factor: divisor }, varianceBackward);
  kernels.variance(at(y), at(x), outer, length, inner, divisor);
  return y;
}

function varianceBackward(
  y: Tensor,
  { inputs: [x], saved: { outer, length, inner, factor } }: Node & { saved: Saved },
): void {
  const dx = gradient(x);
  kernels.variance_backward(at(dx), at(y.grad!), at(x), outer, length, inner, factor);
}
