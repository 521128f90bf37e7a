/** Applies a mask to a row of logits. */

import { forcedLogit, NEVER } from "../../distributions/mask.js";
import { f32 } from "../../kernels/memory.js";
import { type Tensor, TensorError } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";

/**
 * Returns the address of `n` logits after masking. Without a mask (address 0) this is the row itself. Otherwise it is
 * `room`, filled with the same numbers that `categorical(logits, mask)` uses.
 *
 * @throws TensorError if the mask allows no action
 */
export function maskedRow(logits: number, mask: number, n: number, room: Tensor): number {
  if (mask === 0) return logits;
  const place = address(room);
  const to = place >>> 2;
  const from = logits >>> 2;
  const allowed = mask >>> 2;
  let open = false;
  for (let j = 0; j < n; j++) {
    const may = f32[allowed + j] !== 0;
    open ||= may;
    f32[to + j] = may ? f32[from + j] : NEVER;
  }
  if (!open) throw new TensorError(`the mask allows none of ${n} actions`);
  return place;
}

/** The same for `n` switches, whose mask has two entries each: off and on. @throws TensorError if it allows neither */
export function maskedSwitches(logits: number, mask: number, n: number, room: Tensor): number {
  if (mask === 0) return logits;
  const place = address(room);
  const to = place >>> 2;
  const from = logits >>> 2;
  const allowed = mask >>> 2;
  for (let j = 0; j < n; j++) f32[to + j] = forcedLogit(allowed + 2 * j) ?? f32[from + j];
  return place;
}
