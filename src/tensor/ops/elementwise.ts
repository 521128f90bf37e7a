/** Elementwise functions of one tensor. */

import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, type Tensor } from "../tensor.js";

/** The kernels' codes for these functions (`kernels/elementwise.h`). */
export const UNARY = {
  exp: 0,
  log: 1,
  tanh: 2,
  relu: 3,
  softplus: 4,
  square: 5,
  sqrt: 6,
  gelu: 7,
  clamp: 8,
  neg: 9,
} as const;

interface Saved {
  readonly op: number;
  readonly low: number;
  readonly high: number;
}

function unary(name: keyof typeof UNARY, x: Tensor, low = 0, high = 0): Tensor {
  requireTensor(name, x);
  const op = UNARY[name];
  const y = result(x.shape, [x], { op, low, high }, unaryBackward);
  kernels.unary(op, at(y), at(x), x.size, low, high);
  return y;
}

/** dx += dy · f'(x) */
function unaryBackward(y: Tensor, { inputs: [x], saved: { op, low, high } }: Node & { saved: Saved }): void {
  const dx = gradient(x);
  kernels.unary_backward(op, at(dx), at(y.grad!), at(x), at(y), x.size, low, high);
}

/** eˣ */
export const exp = (x: Tensor): Tensor => unary("exp", x);
/** ln x */
export const log = (x: Tensor): Tensor => unary("log", x);
/** tanh x */
export const tanh = (x: Tensor): Tensor => unary("tanh", x);
/** max(x, 0); NaN stays NaN. */
export const relu = (x: Tensor): Tensor => unary("relu", x);
/** ln(1 + eˣ), without overflow. */
export const softplus = (x: Tensor): Tensor => unary("softplus", x);
/** x/2·(1 + tanh(√(2/π)(x + 0.044715x³))), the tanh form of the Gaussian error linear unit (PyTorch's `approximate="tanh"`). */
export const gelu = (x: Tensor): Tensor => unary("gelu", x);
/** x² */
export const square = (x: Tensor): Tensor => unary("square", x);
/** √x */
export const sqrt = (x: Tensor): Tensor => unary("sqrt", x);
/** -x */
export const neg = (x: Tensor): Tensor => unary("neg", x);

/**
 * min(max(x, low), high); NaN stays NaN. The gradient passes strictly between the bounds and is 0 at them and outside,
 * as in PyTorch.
 *
 * @throws TensorError unless low <= high
 */
export function clamp(x: Tensor, low: number, high: number): Tensor {
  requireTensor("clamp", x);
  if (!(low <= high))
    throw new TensorError(`clamp of a ${showShape(x.shape)} tensor: low ${low} must not be above high ${high}`);
  return unary("clamp", x, low, high);
}
