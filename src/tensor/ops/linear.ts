/** Matrix products: the layers of a network. */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { gradient, result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/** Flags of the gemm kernel (`kernels/gemm.h`). */
const ACCUMULATE = 1;

/** The activation that `linear` applies to x·W + b. `gelu` is its tanh form, PyTorch's `approximate="tanh"`. */
export type Activation = "none" | "relu" | "tanh" | "gelu";
/** The kernels' codes for the activations (`kernels/linear.h`). */
export const ACTIVATION: Readonly<Record<Activation, number>> = { none: 0, relu: 1, tanh: 2, gelu: 3 };

/** The matrix product a·b of [m, k] and [k, n]. @throws TensorError for any other shapes */
export function matmul(a: Tensor, b: Tensor): Tensor {
  requireTensor("matmul", a);
  requireTensor("matmul", b);
  if (a.shape.length !== 2 || b.shape.length !== 2 || a.shape[1] !== b.shape[0]) {
    throw new TensorError(`matmul: needs [m, k] and [k, n], got ${showShape(a.shape)} and ${showShape(b.shape)}`);
  }
  const [m, k] = a.shape;
  const n = b.shape[1];
  const y = result([m, n], [a, b], undefined, matmulBackward);
  kernels.gemm(at(y), at(a), at(b), m, n, k, k, 1, n, 1, 0);
  return y;
}

/** da += dy·bᵀ, db += aᵀ·dy */
function matmulBackward(y: Tensor, { inputs: [a, b] }: Node): void {
  const [m, k] = a.shape;
  const n = b.shape[1];
  if (a.requiresGrad) addProductWithTranspose(a, y.grad!, b, m, n, k);
  if (b.requiresGrad) addTransposedProduct(b, a, y.grad!, m, n, k);
}

/** dx [m, k] += dz [m, n] · wᵀ. A gradient that does not exist yet is written directly. */
function addProductWithTranspose(x: Tensor, dz: Tensor, w: Tensor, m: number, n: number, k: number): void {
  const flags = x.grad === undefined ? 0 : ACCUMULATE;
  x.grad ??= new Tensor(x.shape);
  kernels.gemm(at(x.grad), at(dz), at(w), m, k, n, n, 1, 1, n, flags);
}

/** dw [k, n] += xᵀ · dz [m, n] */
function addTransposedProduct(w: Tensor, x: Tensor, dz: Tensor, m: number, n: number, k: number): void {
  const flags = w.grad === undefined ? 0 : ACCUMULATE;
  w.grad ??= new Tensor(w.shape);
  kernels.gemm(at(w.grad), at(x), at(dz), k, n, m, 1, k, n, 1, flags);
}

interface Layer {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly activation: number;
  /** x·W + b, if the activation's slope needs it. */
  readonly before: Tensor | undefined;
}

/**
 * activation(x·W + b) in one pass, for x [m, k] or one observation [k], W [k, n] and b [n].
 * Weights are stored inputs first: row i holds the contributions of input i to each output.
 *
 * `computed` supplies the result if it is already known from the same weights. The operation is then recorded and not
 * computed: an agent that acts on one observation at a time already has all outputs of an episode when it learns from
 * it.
 *
 * @throws TensorError if the shapes do not fit
 */
export function linear(x: Tensor, w: Tensor, b?: Tensor, activation: Activation = "none", computed?: Tensor): Tensor {
  requireTensor("linear", x);
  requireTensor("linear", w);
  const k = x.shape[x.shape.length - 1];
  const n = w.shape[1];
  if (
    x.shape.length < 1 ||
    x.shape.length > 2 ||
    w.shape.length !== 2 ||
    w.shape[0] !== k ||
    (b && (b.shape.length !== 1 || b.shape[0] !== n))
  ) {
    const bias = b === undefined ? "" : ` and bias ${showShape(b.shape)}`;
    throw new TensorError(
      `linear: needs x [m, k], weights [k, n] and bias [n], got ${showShape(x.shape)}, ${showShape(w.shape)}${bias}`,
    );
  }
  const m = x.shape.length === 1 ? 1 : x.shape[0];
  const shape = x.shape.length === 1 ? [n] : [m, n];
  if (computed !== undefined && activation !== "gelu") {
    const layer: Layer = { m, k, n, activation: ACTIVATION[activation], before: undefined };
    return result(shape, b === undefined ? [x, w] : [x, w, b], layer, linearBackward, { shared: computed });
  }
  const before = activation === "gelu" ? new Tensor([m, n]) : undefined;
  const layer: Layer = { m, k, n, activation: ACTIVATION[activation], before };
  const y = result(shape, b === undefined ? [x, w] : [x, w, b], layer, linearBackward);
  kernels.linear(
    at(y),
    before === undefined ? 0 : at(before),
    at(x),
    at(w),
    b === undefined ? 0 : at(b),
    m,
    k,
    n,
    layer.activation,
  );
  return y;
}

function linearBackward(y: Tensor, { inputs: [x, w, b], saved }: Node & { saved: Layer }): void {
  const { m, k, n, activation, before } = saved;
  const dz = y.grad!;
  if (activation !== 0) {
    kernels.activation_backward(at(dz), at(dz), at(y), before === undefined ? 0 : at(before), m * n, activation);
  }
  if (before !== undefined) release(before.block);
  if (x.requiresGrad) addProductWithTranspose(x, dz, w, m, n, k);
  if (w.requiresGrad) addTransposedProduct(w, x, dz, m, n, k);
  if (b?.requiresGrad) {
    const db = gradient(b);
    kernels.add_columns(at(db), at(dz), m, n);
  }
}
