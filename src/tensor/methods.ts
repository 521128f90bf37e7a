/**
 * The operations as methods, so that a loss reads from left to right: `ratio.mul(advantages).mean().neg().backward()`.
 */

import { backward, detach } from "./graph.js";
import { reshape, slice } from "./ops/arrange.js";
import { add, div, maximum, minimum, mul, sub } from "./ops/binary.js";
import { clamp, exp, gelu, log, neg, relu, softplus, sqrt, square, tanh } from "./ops/elementwise.js";
import { matmul } from "./ops/linear.js";
import { mean, std, sum, type VarianceOptions, variance } from "./ops/reduce.js";
import { gather, logSoftmax, softmax } from "./ops/softmax.js";
import { Tensor } from "./tensor.js";

declare module "./tensor.js" {
  interface Tensor {
    add(other: Tensor | number): Tensor;
    sub(other: Tensor | number): Tensor;
    mul(other: Tensor | number): Tensor;
    div(other: Tensor | number): Tensor;
    minimum(other: Tensor | number): Tensor;
    maximum(other: Tensor | number): Tensor;
    neg(): Tensor;
    exp(): Tensor;
    log(): Tensor;
    tanh(): Tensor;
    relu(): Tensor;
    gelu(): Tensor;
    softplus(): Tensor;
    square(): Tensor;
    sqrt(): Tensor;
    clamp(low: number, high: number): Tensor;
    sum(axis?: number): Tensor;
    mean(axis?: number): Tensor;
    variance(axis?: number, options?: VarianceOptions): Tensor;
    std(axis?: number, options?: VarianceOptions): Tensor;
    softmax(): Tensor;
    logSoftmax(): Tensor;
    gather(index: Tensor | readonly number[] | number): Tensor;
    matmul(other: Tensor): Tensor;
    reshape(shape: Shape): Tensor;
    slice(start: number, end?: number, axis?: number): Tensor;
    detach(): Tensor;
    backward(): void;
  }
}

const operations = {
  add,
  sub,
  mul,
  div,
  minimum,
  maximum,
  neg,
  exp,
  log,
  tanh,
  relu,
  gelu,
  softplus,
  square,
  sqrt,
  clamp,
  sum,
  mean,
  variance,
  std,
  softmax,
  logSoftmax,
  gather,
  matmul,
  reshape,
  slice,
  detach,
  backward,
};

for (const [name, operation] of Object.entries(operations) as [string, (x: Tensor, ...rest: unknown[]) => unknown][]) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: unknown[]): unknown {
      return operation(this, ...rest);
    },
  });
}
