/** Moves the logits of forbidden actions until their probability is exactly 0, and blocks their gradient. */

import { f32 } from "../kernels/memory.js";
import { full, Tensor, TensorError, where } from "../tensor/index.js";
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

/**
 * The logits of switches [d] or [m, d]; -1e8 where the mask forbids on, and 1e8 where it forbids off, without a gradient.
 * The mask has two entries per switch, off and on: [2d] or [m, 2d].
 *
 * @throws TensorError if the shapes do not fit, or a switch is allowed neither
 */
export function maskedSwitchLogits(logits: Tensor, mask: Tensor): Tensor {
  const { shape, size } = logits;
  if (mask.shape.join() !== [...shape.slice(0, -1), 2 * shape[shape.length - 1]].join())
    throw new TensorError(
      `mask: needs two entries for each of [${shape.join(", ")}] switches, got [${mask.shape.join(", ")}]`,
    );
  const free = new Tensor(shape);
  const forced = new Tensor(shape);
  const allowed = address(mask) >>> 2;
  const open = address(free) >>> 2;
  const to = address(forced) >>> 2;
  for (let i = 0; i < size; i++) {
    const logit = forcedLogit(allowed + 2 * i);
    f32[open + i] = logit === undefined ? 1 : 0;
    f32[to + i] = logit ?? 0;
  }
  return where(free, logits, forced);
}

/** The logit of a switch whose two entries start at this float of a mask; undefined if it may be off or on. */
export function forcedLogit(entries: number): number | undefined {
  const off = f32[entries] !== 0;
  const on = f32[entries + 1] !== 0;
  if (off && on) return undefined;
  if (!off && !on) throw new TensorError("the mask allows a switch neither off nor on");
  return on ? -NEVER : NEVER;
}
