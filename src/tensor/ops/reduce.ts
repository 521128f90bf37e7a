/** Sums, means, variances and standard deviations over all elements or along one axis, which the result no longer has. */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { around, axisOf, showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";
import { UNARY } from "./elementwise.js";

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
  requireTensor(operation, x);
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

/** Whether a variance is divided by n (`ddof` 0, the default, as in NumPy) or by n - 1 (`ddof` 1, as in PyTorch). */
export interface VarianceOptions {
  readonly ddof?: 0 | 1;
}

/**
 * Σ(x - mean)² / (n - ddof), over all elements or along one axis. By default it divides by n, which gives the variance of
 * these very numbers; `{ ddof: 1 }` divides by n - 1, which estimates the variance of what they are a sample of.
 *
 * @throws TensorError unless n > ddof
 */
export function variance(x: Tensor, axis?: number, options: VarianceOptions = {}): Tensor {
  const { shape, outer, length, inner, divisor } = spread("variance", x, axis, options);
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

/**
 * The standard deviation √(Σ(x - mean)² / (n - ddof)), over all elements or along one axis. As in `variance`, it divides
 * by n unless `{ ddof: 1 }` asks for n - 1. Equal numbers have the deviation 0 and get the gradient 0.
 *
 * @throws TensorError unless n > ddof
 */
export function std(x: Tensor, axis?: number, options: VarianceOptions = {}): Tensor {
  const { shape, outer, length, inner, divisor } = spread("std", x, axis, options);
  const y = result(shape, [x], { outer, length, inner, factor: divisor }, stdBackward);
  kernels.variance(at(y), at(x), outer, length, inner, divisor);
  kernels.unary(UNARY.sqrt, at(y), at(y), y.size, 0, 0);
  return y;
}

/** dx += dσ · (x - mean) / (divisor · σ), as the gradient of a variance for which dσ/dvar = 1/(2σ). */
function stdBackward(
  y: Tensor,
  { inputs: [x], saved: { outer, length, inner, factor } }: Node & { saved: Saved },
): void {
  const dx = gradient(x);
  const slopes = new Tensor(y.shape);
  const to = at(slopes) >>> 2;
  const deviation = at(y) >>> 2;
  const dy = at(y.grad!) >>> 2;
  for (let i = 0; i < y.size; i++) {
    f32[to + i] = f32[deviation + i] === 0 ? 0 : f32[dy + i] / (2 * f32[deviation + i]);
  }
  kernels.variance_backward(at(dx), at(slopes), at(x), outer, length, inner, factor);
  release(slopes.block);
}

/** The shape of a variance, and what its sum of squares is divided by. */
function spread(
  operation: string,
  x: Tensor,
  axis: number | undefined,
  { ddof = 0 }: VarianceOptions,
): ReturnType<typeof plan> & { divisor: number } {
  const over = plan(operation, x, axis);
  const divisor = over.length - ddof;
  if (divisor <= 0)
    throw new TensorError(
      `${operation}: ${over.length} numbers with ddof ${ddof} leave nothing to divide by (shape ${showShape(x.shape)})`,
    );
  return { ...over, divisor };
}
