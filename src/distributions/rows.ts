/** Draws from one row of logits, and its most likely index. */

import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { Tensor } from "../tensor/index.js";
import { at as address } from "../tensor/tensor.js";

/** Draws an index from the softmax of a row. Takes one draw from the generator. */
export function drawFromRow(logits: Tensor, row: number, rng: Generator): number {
  const n = logits.shape[logits.shape.length - 1];
  const scratch = new Tensor([n + 1]);
  const logProb = address(scratch);
  const place = address(logits) + row * n * 4;
  return kernels.categorical_sample(logProb, logProb + 4, place, n, rng.random());
}

/** The index of the largest logit of a row; the first, if several tie. */
export function likeliestOfRow(logits: Tensor, row: number): number {
  const n = logits.shape[logits.shape.length - 1];
  return likeliest(address(logits) + row * n * 4, n);
}

/** The index of the largest of the `n` logits at a byte address; the first, if several tie. */
export function likeliest(logits: number, n: number): number {
  const first = logits >>> 2;
  let best = 0;
  for (let j = 1; j < n; j++) if (f32[first + j] > f32[first + best]) best = j;
  return best;
}
