/**
 * Reverse-mode differentiation.
 *
 * Each operation on a tensor that requires a gradient records its inputs and its backward step. `backward(loss)` walks
 * this graph from the newest result to the oldest and accumulates ∂loss/∂x in `x.grad`. It consumes the graph: every
 * intermediate result is freed after its use, except tensors of one number (losses, entropies, norms), which stay
 * readable.
 */

import { release } from "../kernels/heap.js";
import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import { requireTensor } from "./require-tensor.js";
import { showShape, TensorError } from "./shape.js";
import { at, collect, collected, type DType, type Node, type Shape, Tensor } from "./tensor.js";

let recording = true;

/** Runs `compute` without recording a graph: its results have no gradient and keep no inputs alive. */
export function noGrad<T>(compute: () => T): T {
  const before = recording;
  recording = false;
  try {
    return compute();
  } finally {
    recording = before;
  }
}

/**
 * Runs `compute`, and, where no graph is recorded, frees at once all tensors that it made except the one that it returns.
 * What is left to the garbage collector instead fills the kernels' memory, and is then copied out with everything else.
 * `compute` must not keep a tensor anywhere else.
 */
export function tidied<T>(compute: () => T): T {
  if (recording) return compute();
  const { value, blocks } = collected(compute);
  const kept = value instanceof Tensor ? value.block : undefined;
  for (const block of blocks) if (block !== kept) release(block);
  if (kept !== undefined && blocks.includes(kept)) collect(kept);
  return value;
}

/** An operation's result, before the kernel fills it. With `shared`, it shares the numbers of another tensor. */
export function result<S>(
  shape: Shape,
  inputs: readonly Tensor[],
  saved: S,
  backward: (y: Tensor, node: Node & { readonly saved: S }) => void,
  { dtype = "float32", shared }: { dtype?: DType; shared?: Tensor } = {},
): Tensor {
  const y = new Tensor(shape, dtype, shared?.block);
  if (shared !== undefined) shared.block.borrowers++;
  let flows = false;
  for (const x of inputs) {
    if (x.dtype !== dtype)
      throw new TensorError(`a ${dtype} result can't be computed from the ${x.dtype} tensor ${showShape(x.shape)}`);
    flows ||= x.requiresGrad;
    y.detachedAt ??= x.detachedAt;
  }
  if (flows && recording) {
    y.requiresGrad = true;
    y.node = { inputs, saved, backward: backward as Node["backward"], reached: false };
  } else if (flows) {
    y.detachedAt = `a ${showShape(shape)} tensor computed inside noGrad()`;
  }
  return y;
}

/** A copy of the numbers without a connection to the graph. */
export function detach(x: Tensor): Tensor {
  requireTensor("detach", x);
  const y = new Tensor(x.shape, x.dtype);
  kernels.copy_rows(at(y), at(x), 1, x.size, x.size, x.size, 0);
  y.detachedAt = x.requiresGrad
    ? `detach() of a ${x.name === undefined ? "" : `${x.name} `}${showShape(x.shape)} tensor`
    : x.detachedAt;
  return y;
}

/**
 * Calls `read` with ∂loss/∂x when the next `backward` reaches x, the result of an operation. `read` must neither change the
 * gradient nor keep it: `backward` frees it. Nothing is computed for it, so the bits stay the same.
 */
export function onGradient(x: Tensor, read: (gradient: Tensor) => void): void {
  const { node } = x;
  if (node === undefined) return;
  x.node = {
    ...node,
    backward(y, own) {
      if (y.grad !== undefined) read(y.grad);
      node.backward(y, own);
    },
  };
}

/** The gradient to add to, zeros at first. It allocates, so take addresses afterwards. */
export function gradient(x: Tensor): Tensor {
  if (x.grad === undefined) {
    const zero = new Tensor(x.shape);
    const start = at(zero) >>> 2;
    f32.fill(0, start, start + zero.size);
    x.grad = zero;
  }
  return x.grad;
}

/**
 * Computes ∂y/∂p for every parameter p that y depends on and adds it to `p.grad`.
 *
 * @param y a tensor of one number
 * @throws TensorError if y has more than one number, depends on no parameter, or was consumed by an earlier call
 */
export function backward(y: Tensor): void {
  requireTensor("backward", y);
  if (y.size !== 1)
    throw new TensorError(
      `backward: needs a tensor of one number (a loss), got shape ${showShape(y.shape)}; take its mean or sum`,
    );
  if (y.consumed)
    throw new TensorError("backward: this graph was used up by an earlier backward(); compute the loss again");
  if (!y.requiresGrad)
    throw new TensorError(`backward: the loss depends on no parameter, so nothing would be learned: ${whyDetached(y)}`);
  const order = reachable(y);
  const place = at(gradient(y)) >>> 2;
  f32[place] = 1;
  for (const x of order) {
    const node = x.node as Node;
    // A tensor that enters the loss with weight 0 has received no gradient, so it has none to pass on.
    if (x.grad !== undefined) node.backward(x, node);
    consume(x);
  }
}

/** The results that y was computed from, newest first, so that each comes before all of its inputs. */
function reachable(y: Tensor): Tensor[] {
  const found: Tensor[] = [];
  const open = [y];
  for (let x = open.pop(); x !== undefined; x = open.pop()) {
    const { node } = x;
    if (node === undefined) {
      if (x.consumed) {
        for (const other of found) (other.node as Node).reached = false;
        throw new TensorError(
          `backward: part of the graph, a ${showShape(x.shape)} tensor, was used up by an earlier backward(); ` +
            "compute it again, or detach() it if it is meant as a constant",
        );
      }
      continue;
    }
    if (node.reached) continue;
    node.reached = true;
    found.push(x);
    for (const input of node.inputs) if (input.requiresGrad) open.push(input);
  }
  return found.sort((a, b) => b.order - a.order);
}

function consume(x: Tensor): void {
  if (x.grad !== undefined) release(x.grad.block);
  x.grad = undefined;
  // A block shared with another result, such as a reshape, is left to that result or to the garbage collector.
  if (x.block.borrowers > 0) x.block.borrowers--;
  else if (x.size > 1) release(x.block);
  x.node = undefined;
  x.consumed = true;
}

function whyDetached(y: Tensor): string {
  return y.detachedAt !== undefined
    ? `it goes back to ${y.detachedAt}`
    : "it was made of plain numbers only; log-probabilities read with item() or toArray() are plain numbers";
}
