/** Elementwise operations on two tensors: of equal shapes, with a number, or with a row [n] against […, n]. */

import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { broadcast, sameShape, showShape, TensorError } from "../shape.js";
import { at, full, type Node, type Tensor } from "../tensor.js";

/** The kernels' codes for these functions (`kernels/elementwise.h`). */
const OP = { add: 0, sub: 1, mul: 2, div: 3, minimum: 4, maximum: 5 } as const;

function binary(name: keyof typeof OP, a: Tensor, other: Tensor | number): Tensor {
  requireTensor(name, a);
  const b = typeof other === "number" ? full([], other) : other;
  requireTensor(name, b);
  const shape = broadcast(name, a.shape, b.shape);
  const y = result(shape, [a, b], OP[name], binaryBackward);
  kernels.binary(OP[name], at(y), at(a), at(b), y.size, a.size, b.size);
  return y;
}

function binaryBackward(y: Tensor, { inputs, saved: op }: Node & { saved: number }): void {
  const [a, b] = inputs;
  for (let side = 0; side < 2; side++) {
    if (!inputs[side].requiresGrad) continue;
    const d = gradient(inputs[side]);
    kernels.binary_backward(op, side, at(d), at(y.grad!), at(a), at(b), y.size, a.size, b.size);
  }
}

/** Whether a tensor with a graph is a product or a quotient, so that the gradient of one side holds the other side. */
export function isProduct({ node }: Tensor): boolean {
  return node?.backward === binaryBackward && (node.saved === OP.mul || node.saved === OP.div);
}

/** a + b */
export const add = (a: Tensor, b: Tensor | number): Tensor => binary("add", a, b);
/** a - b */
export const sub = (a: Tensor, b: Tensor | number): Tensor => binary("sub", a, b);
/** a · b, element by element; `matmul` is the matrix product. */
export const mul = (a: Tensor, b: Tensor | number): Tensor => binary("mul", a, b);
/** a / b */
export const div = (a: Tensor, b: Tensor | number): Tensor => binary("div", a, b);
/** The smaller of the two. If they tie, each receives half of the gradient. */
export const minimum = (a: Tensor, b: Tensor | number): Tensor => binary("minimum", a, b);
/** The larger of the two. If they tie, each receives half of the gradient. */
export const maximum = (a: Tensor, b: Tensor | number): Tensor => binary("maximum", a, b);

/** `a` where the condition is not 0, `b` elsewhere. All three have one shape. No gradient reaches the condition. */
export function where(condition: Tensor, a: Tensor, b: Tensor): Tensor {
  for (const operand of [condition, a, b]) requireTensor("where", operand);
  if (!sameShape(condition.shape, a.shape) || !sameShape(a.shape, b.shape)) {
    const shapes = [condition, a, b].map(({ shape }) => showShape(shape)).join(", ");
    throw new TensorError(`where: the shapes ${shapes} must be equal`);
  }
  const y = result(a.shape, [a, b], condition, whereBackward);
  kernels.where(at(y), at(condition), at(a), at(b), y.size);
  return y;
}

function whereBackward(y: Tensor, { inputs, saved: condition }: Node & { saved: Tensor }): void {
  for (let side = 0; side < 2; side++) {
    if (!inputs[side].requiresGrad) continue;
    const d = gradient(inputs[side]);
    kernels.where_backward(side, at(d), at(y.grad!), at(condition), y.size);
  }
}
