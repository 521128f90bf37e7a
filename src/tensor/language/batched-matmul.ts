import { language } from "../../kernels/language.js";
import { result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/** A flag of the gemm kernel (`kernels/gemm.h`). */
const ACCUMULATE = 1;

/** Which operands are transposed, without a copy. */
export interface Transposes {
  /** a is [b, k, m]. */
  readonly a?: boolean;
  /** c is [b, n, k]. */
  readonly c?: boolean;
}

interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposed: Transposes;
}

/**
 * The matrix products a[i]·c[i] of a [b, m, k] and c [b, k, n]: [b, m, n]. With `transposed`, an operand is given with
 * its last two axes exchanged: `batchedMatmul(q, k, { c: true })` is q·kᵀ of [b, m, k] and [b, n, k].
 *
 * @throws TensorError if the shapes do not fit together
 */
export function batchedMatmul(a: Tensor, c: Tensor, transposed: Transposes = {}): Tensor {
  for (const given of [a, c]) requireTensor("batchedMatmul", given);
  const [m, k] = lastTwo(a, transposed.a);
  const [inner, n] = lastTwo(c, transposed.c);
  if (a.shape.length !== 3 || c.shape.length !== 3 || a.shape[0] !== c.shape[0] || k !== inner) {
    const left = transposed.a ? "[b, k, m]" : "[b, m, k]";
    const right = transposed.c ? "[b, n, k]" : "[b, k, n]";
    throw new TensorError(
      `batchedMatmul: needs ${left} and ${right}, got ${showShape(a.shape)} and ${showShape(c.shape)}`,
    );
  }
  const y = result([a.shape[0], m, n], [a, c], { m, k, n, transposed }, batchedMatmulBackward);
  const [ra, ca] = strides(m, k, transposed.a);
  const [rc, cc] = strides(k, n, transposed.c);
  language.batched_gemm(at(y), at(a), at(c), m, n, k, ra, ca, rc, cc, 0, 0, a.shape[0]);
  return y;
}

/** da += dy·cᵀ, dc += aᵀ·dy; for a transposed operand, the transpose of that. */
function batchedMatmulBackward(y: Tensor, { inputs: [a, c], saved }: Node & { saved: Product }): void {
  const { m, k, n, transposed } = saved;
  const batches = y.shape[0];
  const [ra, ca] = strides(m, k, transposed.a);
  const [rc, cc] = strides(k, n, transposed.c);
  if (a.requiresGrad) {
    const flags = a.grad === undefined ? 0 : ACCUMULATE;
    a.grad ??= new Tensor(a.shape);
    const [to, dy, other] = [at(a.grad), at(y.grad!), at(c)];
    if (transposed.a) language.batched_gemm(to, other, dy, k, m, n, rc, cc, 1, n, flags, 0, batches);
    else language.batched_gemm(to, dy, other, m, k, n, n, 1, cc, rc, flags, 0, batches);
  }
  if (c.requiresGrad) {
    const flags = c.grad === undefined ? 0 : ACCUMULATE;
    c.grad ??= new Tensor(c.shape);
    const [to, dy, other] = [at(c.grad), at(y.grad!), at(a)];
    if (transposed.c) language.batched_gemm(to, dy, other, n, k, m, 1, n, ra, ca, flags, 0, batches);
    else language.batched_gemm(to, other, dy, k, n, m, ca, ra, n, 1, flags, 0, batches);
  }
}

/** Rows and columns of the matrices that a product sees. */
function lastTwo({ shape }: Tensor, transposed: boolean | undefined): [rows: number, columns: number] {
  return transposed ? [shape[2], shape[1]] : [shape[1], shape[2]];
}

/** The distances of rows and of columns in a matrix of that many rows and columns. */
function strides(rows: number, columns: number, transposed: boolean | undefined): [row: number, column: number] {
  return transposed ? [1, rows] : [columns, 1];
}
