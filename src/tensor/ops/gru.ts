/** A gated recurrent unit over whole sequences, the only operation with a memory. */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import { gradient, result } from "../graph.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/**
 * The weights of a unit that reads k features and has d numbers of memory. The thirds of a row belong to r, z and n.
 */
export interface GruWeights {
  /** W, [k, 3d] */
  readonly input: Tensor;
  /** b, [3d] */
  readonly inputBias: Tensor;
  /** U, [d, 3d] */
  readonly hidden: Tensor;
  /** c, [3d] */
  readonly hiddenBias: Tensor;
}

/** The layout of x: `copies` sequences of `steps` rows, one sequence after another. */
export interface GruSequences {
  readonly copies: number;
  readonly steps: number;
  /** 1 for each row before which the memory is set to zero, [copies · steps]. Default: no row. */
  readonly begins?: Uint8Array;
  /** The memory before each sequence, [copies, d]. No gradient flows into it. */
  readonly memory: Tensor;
}

/**
 * The intermediate results for the backward step. Here the rows of one step are adjacent, in the order of the
 * sequences.
 */
interface Unrolled {
  readonly sequences: GruSequences;
  /** h before each step, [steps · copies, d]. */
  readonly before: Tensor;
  /** h·U + c, [steps · copies, 3d]. */
  readonly u: Tensor;
  /** r, z and n, [steps · copies, 3d]. */
  readonly gates: Tensor;
}

/**
 * The memory after each row of x [copies · steps, k]: [copies · steps, d].
 *
 *   r = σ(xW_r + b_r + hU_r + c_r)    z = σ(xW_z + b_z + hU_z + c_z)
 *   n = tanh(xW_n + b_n + r·(hU_n + c_n))    h' = (1 - z)·n + z·h
 *
 * (Cho et al. 2014, arXiv:1406.1078, in PyTorch's form.) A row has the same bits in sequences of any length.
 *
 * @throws TensorError if the shapes do not fit together
 */
export function gru(x: Tensor, weights: GruWeights, sequences: GruSequences): Tensor {
  const { copies, steps, begins, memory } = sequences;
  const { input, inputBias, hidden, hiddenBias } = weights;
  const d = hidden.shape[0];
  checkShapes(x, weights, sequences);
  const k = input.shape[0];
  const rows = copies * steps;
  const before = new Tensor([rows, d]);
  const u = new Tensor([rows, 3 * d]);
  const gates = new Tensor([rows, 3 * d]);
  const fromInput = new Tensor([rows, 3 * d]);
  const unrolled: Unrolled = { sequences, before, u, gates };
  const y = result([rows, d], [x, input, inputBias, hidden, hiddenBias], unrolled, gruBackward);
  kernels.linear(at(fromInput), 0, at(x), at(input), at(inputBias), rows, k, 3 * d, 0);
  for (let t = 0; t < steps; t++) {
    const h = at(before) + t * copies * d * 4;
    if (t === 0) kernels.copy_rows(h, at(memory), copies, d, d, d, 0);
    else kernels.copy_rows(h, at(y) + (t - 1) * d * 4, copies, d, d, steps * d, 0);
    emptyWhereBegun(h, begins, t, copies, steps, d);
    const uAt = at(u) + t * copies * 3 * d * 4;
    kernels.linear(uAt, 0, h, at(hidden), at(hiddenBias), copies, d, 3 * d, 0);
    const gatesAt = at(gates) + t * copies * 3 * d * 4;
    const xAt = at(fromInput) + t * 3 * d * 4;
    kernels.gru_cell(at(y) + t * d * 4, gatesAt, xAt, uAt, h, copies, d, steps);
  }
  release(fromInput.block);
  if (y.node === undefined) releaseUnrolled(unrolled);
  return y;
}

function gruBackward(y: Tensor, { inputs, saved }: Node & { saved: Unrolled }): void {
  const [x, input, inputBias, hidden, hiddenBias] = inputs;
  const { before, u, gates } = saved;
  const { copies, steps, begins } = saved.sequences;
  const d = hidden.shape[0];
  const k = input.shape[0];
  const rows = copies * steps;
  const dx = new Tensor([rows, 3 * d]);
  const du = new Tensor([rows, 3 * d]);
  const carry = new Tensor([copies, d]);
  for (const p of inputs) if (p.requiresGrad) gradient(p);
  const carryAt = at(carry);
  f32.fill(0, carryAt >>> 2, (carryAt >>> 2) + copies * d);
  for (let t = steps - 1; t >= 0; t--) {
    const step = t * copies;
    const duAt = at(du) + step * 3 * d * 4;
    const h = at(before) + step * d * 4;
    const wide = step * 3 * d * 4;
    const dyAt = at(y.grad!) + t * d * 4;
    kernels.gru_cell_backward(
      at(dx) + t * 3 * d * 4,
      duAt,
      carryAt,
      dyAt,
      at(gates) + wide,
      at(u) + wide,
      h,
      copies,
      d,
      steps,
    );
    kernels.gemm(carryAt, duAt, at(hidden), copies, d, 3 * d, 3 * d, 1, 1, 3 * d, ACCUMULATE);
    emptyWhereBegun(carryAt, begins, t, copies, steps, d);
  }
  if (x.requiresGrad) kernels.gemm(at(x.grad!), at(dx), at(input), rows, k, 3 * d, 3 * d, 1, 1, 3 * d, ACCUMULATE);
  if (input.requiresGrad) kernels.gemm(at(input.grad!), at(x), at(dx), k, 3 * d, rows, 1, k, 3 * d, 1, ACCUMULATE);
  if (hidden.requiresGrad)
    kernels.gemm(at(hidden.grad!), at(before), at(du), d, 3 * d, rows, 1, d, 3 * d, 1, ACCUMULATE);
  if (inputBias.requiresGrad) kernels.add_columns(at(inputBias.grad!), at(dx), rows, 3 * d);
  if (hiddenBias.requiresGrad) kernels.add_columns(at(hiddenBias.grad!), at(du), rows, 3 * d);
  for (const { block } of [dx, du, carry]) release(block);
  releaseUnrolled(saved);
}

/** A flag of the gemm kernel (`kernels/gemm.h`). */
const ACCUMULATE = 1;

/** Clears the rows at address `h` of those sequences that begin an episode at step t. */
function emptyWhereBegun(
  h: number,
  begins: Uint8Array | undefined,
  t: number,
  copies: number,
  steps: number,
  d: number,
): void {
  if (begins === undefined) return;
  for (let copy = 0; copy < copies; copy++) {
    if (begins[copy * steps + t] !== 1) continue;
    const start = (h >>> 2) + copy * d;
    f32.fill(0, start, start + d);
  }
}

function releaseUnrolled({ before, u, gates }: Unrolled): void {
  for (const { block } of [before, u, gates]) release(block);
}

function checkShapes(x: Tensor, weights: GruWeights, { copies, steps, begins, memory }: GruSequences): void {
  const d = weights.hidden.shape[0];
  const k = weights.input.shape[0];
  const rows = copies * steps;
  const wanted: [name: string, given: readonly number[], shape: readonly number[]][] = [
    ["x", x.shape, [rows, k]],
    ["input", weights.input.shape, [k, 3 * d]],
    ["inputBias", weights.inputBias.shape, [3 * d]],
    ["hidden", weights.hidden.shape, [d, 3 * d]],
    ["hiddenBias", weights.hiddenBias.shape, [3 * d]],
    ["memory", memory.shape, [copies, d]],
  ];
  for (const [name, given, shape] of wanted)
    if (given.join() !== shape.join())
      throw new TensorError(`gru: ${name} must be ${showShape(shape)}, got ${showShape(given)}`);
  if (begins !== undefined && begins.length !== rows)
    throw new TensorError(`gru: begins must have ${rows} entries, one per row, got ${begins.length}`);
}
