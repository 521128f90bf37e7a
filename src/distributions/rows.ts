/** Draws from one row of logits, and its most likely index. */

import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { Tensor, TensorError } from "../tensor/index.js";
import { at as address } from "../tensor/tensor.js";

/**
 * Draws an index from the softmax of a row. Takes one draw from the generator.
 *
 * @throws TensorError if the row gives no probabilities, because a logit is NaN for one
 */
export function drawFromRow(logits: Tensor, row: number, rng: Generator): number {
  const n = logits.shape[logits.shape.length - 1];
  const scratch = new Tensor([n + 1]);
  const logProb = address(scratch);
  const place = address(logits) + row * n * 4;
  const drawn = kernels.categorical_sample(logProb, logProb + 4, place, n, rng.random());
  // Without probabilities the draw would be the last action, and its log-probability NaN.
  if (Number.isNaN(f32[logProb >>> 2])) refuse(place, n);
  return drawn;
}

/** The index of the largest logit of a row; the first, if several tie. @throws TensorError if a logit is NaN */
export function likeliestOfRow(logits: Tensor, row: number): number {
  const n = logits.shape[logits.shape.length - 1];
  const place = address(logits) + row * n * 4;
  if (f32.subarray(place >>> 2, (place >>> 2) + n).some(Number.isNaN)) refuse(place, n);
  return likeliest(place, n);
}

/** The index of the largest of the `n` logits at a byte address; the first, if several tie. */
export function likeliest(logits: number, n: number): number {
  const first = logits >>> 2;
  let best = 0;
  for (let j = 1; j < n; j++) if (f32[first + j] > f32[first + best]) best = j;
  return best;
}

/** @throws TensorError naming the first element that is NaN, from which an action would be drawn */
export function requireNumbers(what: string, x: Tensor): void {
  const bad = x.toArray().findIndex(Number.isNaN);
  if (bad < 0) return;
  throw new TensorError(`${what} ${bad} is NaN, so there is nothing to draw from: an input or a weight was not finite`);
}

function refuse(place: number, n: number): never {
  const logits = Array.from(f32.subarray(place >>> 2, (place >>> 2) + n));
  const bad = logits.findIndex((logit) => Number.isNaN(logit) || logit === Infinity);
  const found = bad < 0 ? "all logits are -Infinity" : `logit ${bad} of ${n} is ${logits[bad]}`;
  throw new TensorError(`${found}, so there are no probabilities to choose by: an input or a weight was not finite`);
}
