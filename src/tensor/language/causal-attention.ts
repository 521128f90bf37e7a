import { release } from "../../kernels/heap.js";
import { language } from "../../kernels/language.js";
import { result } from "../graph.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/** Queries that are computed together, and keys that a cache holds side by side (`kernels/attention.h`). */
export const BLOCK = 16;

interface Heads {
  readonly steps: number;
  readonly heads: number;
  /** The width of a head. */
  readonly width: number;
  /** Heads of all sequences. */
  readonly units: number;
  /** The probabilities of all units. */
  readonly probabilities: Tensor;
}

/**
 * Causal self-attention of sequences side by side, as in GPT-2: [B, T, C] from qkv [B, T, 3C], whose last axis holds the
 * queries, keys and values of all heads in this order. In each head, of width C/heads, position i attends to j <= i:
 *
 *   p_ij = softmax_j(q_i·k_j / √(C/heads))    y_i = Σ_j p_ij·v_j
 *
 * (Vaswani et al. 2017, arXiv:1706.03762.) With `steps` = T, qkv may be [B·T, 3C], one sequence after another, and the
 * result is [B·T, C]. A position has the same bits in a sequence of any length, and in `decoder`.
 *
 * @throws TensorError if the shapes do not fit together
 */
export function causalAttention(qkv: Tensor, heads: number, steps?: number): Tensor {
  requireTensor("causalAttention", qkv);
  const { rows, t, c } = planOf(qkv, heads, steps);
  const width = c / heads;
  const units = t === 0 ? 0 : (rows / t) * heads;
  const blocks = Math.ceil(t / BLOCK);
  const probabilities = new Tensor([units, (BLOCK * BLOCK * blocks * (blocks + 1)) / 2]);
  const saved: Heads = { steps: t, heads, width, units, probabilities };
  const y = result([...qkv.shape.slice(0, -1), c], [qkv], saved, attentionBackward);
  const keys = new Tensor([units, width, blocks * BLOCK]);
  language.attention(at(y), at(probabilities), at(keys), at(qkv), t, heads, width, 0, units);
  release(keys.block);
  if (y.node === undefined) release(probabilities.block);
  return y;
}

function attentionBackward(y: Tensor, { inputs: [qkv], saved }: Node & { saved: Heads }): void {
  const { steps, heads, width, units, probabilities } = saved;
  const add = qkv.grad === undefined ? 0 : 1;
  qkv.grad ??= new Tensor(qkv.shape);
  const work = new Tensor([units, width + BLOCK, Math.ceil(steps / BLOCK) * BLOCK]);
  const p = at(probabilities);
  language.attention_backward(at(qkv.grad), p, at(work), at(y.grad!), at(qkv), steps, heads, width, add, 0, units);
  release(work.block);
  release(probabilities.block);
}

/** The numbers of rows, of steps and of channels. */
function planOf({ shape }: Tensor, heads: number, steps: number | undefined): { rows: number; t: number; c: number } {
  const c = shape[shape.length - 1] / 3;
  if (!(Number.isInteger(heads) && heads >= 1 && c > 0 && Number.isInteger(c / heads))) {
    throw new TensorError(
      `causalAttention: needs qkv [B, T, 3C] with C a multiple of heads, got ${showShape(shape)} and ${heads} heads`,
    );
  }
  if (shape.length === 3 && (steps === undefined || steps === shape[1]))
    return { rows: shape[0] * shape[1], t: shape[1], c };
  if (shape.length === 2 && steps !== undefined && Number.isInteger(shape[0] / steps))
    return { rows: shape[0], t: steps, c };
  throw new TensorError(
    "causalAttention: needs qkv [B, T, 3C], or [B·T, 3C] with the number of steps T, " +
      `got ${showShape(shape)} and ${steps} steps`,
  );
}
