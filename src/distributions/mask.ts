/** Lowers the logits of forbidden actions until their probability is exactly 0, and blocks their gradient. */

import { f32 } from "../kernels/memory.js";
import { full, type Tensor, TensorError, where } from "../tensor/index.js";
import { at as address } from "../tensor/tensor.js";

/** Far below any logit, and finite: exp(-1e8) is 0 in float32, while differences of log-probabilities stay finite. */
export const NEVER = -1e8;

/**
 * The logits where `mask` is 1, and -1e8 without a gradient where it is 0 (Huang & Ontañón 2022, arXiv:2006.14171).
 *
 * @throws TensorError if the shapes differ, or a row of `length` entries allows no action
 */
export function maskedLogits(logits: Tensor, mask: Tensor, length: number): Tensor {
  const lowered = where(mask, logits, full(logits.shape, NEVER));
  const start = address(mask) >>> 2;
  for (let i = 0; i < mask.size; i += length) {
    let open = false;
    for (let j = 0; j < length && !open; j++) open = f32[start + i + j] !== 0;
    if (!open) throw new TensorError(`mask: row ${i / length} allows none of its ${length} actions`);
  }
  return lowered;
}
