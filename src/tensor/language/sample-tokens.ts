import { address, allocate, release } from "../../kernels/heap.js";
import { language } from "../../kernels/language.js";
import { f64, i32 } from "../../kernels/memory.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, Tensor } from "../tensor.js";
import { requireHead, requireTemperature, TOKENS } from "./token-log-probs.js";

/** How `sampleTokens` draws. */
export interface SampleOptions {
  /** τ > 0: the logits are divided by it. Default: 1. */
  readonly temperature?: number;
  /** Draws among the k largest logits; of equal ones at the k-th place, those of the first ids. Default: among all. */
  readonly topK?: number;
}

/** One token for each row, and its log-probability in nats. */
export interface Sampled {
  readonly tokens: Int32Array;
  readonly logProbs: Float32Array;
}

/**
 * h·Wᵀ + bias, [m, V], for h [m, C] and W [V, C]: logits to draw from, with the bits of those in `tokenLogProbs`. No
 * gradient flows.
 *
 * @throws TensorError if the shapes do not fit
 */
export function tokenLogits(h: Tensor, w: Tensor, bias?: Tensor): Tensor {
  const { m, v, c } = requireHead("tokenLogits", h, w, bias);
  const z = new Tensor([m, v]);
  const b = bias === undefined ? 0 : at(bias);
  language.token_logits(at(z), at(h), at(w), b, m, v, c, 0, Math.ceil(v / TOKENS));
  return z;
}

/**
 * Draws one token for each row of logits [R, V] from softmax(logits/τ), with one uniform number in [0, 1) for each row:
 * the first token at which the running sum of probabilities exceeds it. The log-probability has the bits of
 * `tokenLogProbs` at the same temperature. With `topK` it is that of the truncated distribution, which `tokenLogProbs`
 * does not know; `topK: 1` always draws the largest logit.
 *
 * @throws TensorError if the sizes do not fit, an option makes no sense, or a row has no distribution (NaN, +∞)
 */
export function sampleTokens(logits: Tensor, uniforms: ArrayLike<number>, options: SampleOptions = {}): Sampled {
  requireTensor("sampleTokens", logits);
  const { temperature = 1, topK } = options;
  const [rows, n] = logits.shape;
  if (logits.shape.length !== 2 || n === 0 || uniforms.length !== rows) {
    throw new TensorError(
      `sampleTokens: needs logits [R, V] and R uniform numbers, got ${showShape(logits.shape)} and ${uniforms.length}`,
    );
  }
  requireTemperature("sampleTokens", temperature);
  if (topK !== undefined && !(Number.isSafeInteger(topK) && topK >= 1))
    throw new TensorError(`sampleTokens: topK must be a whole number of at least 1, it is ${topK}`);
  const tokens = new Tensor([rows], "int32");
  const logProbs = new Tensor([rows]);
  const work = new Tensor([rows, n]);
  const draws = allocate(rows * 8);
  // Take all addresses before writing: copying a block back may replace the views of the memory.
  const [drawn, found, room, given, from] = [at(tokens), at(logProbs), at(work), at(logits), address(draws)];
  f64.set(uniforms, from >>> 3);
  language.sample_tokens(drawn, found, room, given, from, n, temperature, Math.min(topK ?? 0, n), 0, rows);
  const sampled = { tokens: i32.slice(drawn >>> 2, (drawn >>> 2) + rows), logProbs: logProbs.toArray() };
  for (const block of [tokens.block, logProbs.block, work.block, draws]) release(block);
  const bad = sampled.logProbs.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const where = `row ${bad} of the logits ${showShape(logits.shape)}`;
    throw new TensorError(
      `sampleTokens: ${where} has no distribution: its log-probability is ${sampled.logProbs[bad]}`,
    );
  }
  return sampled;
}
