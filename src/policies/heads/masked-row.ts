/** A row of logits as its mask leaves it. */

import { NEVER } from "../../distributions/mask.js";
import { f32 } from "../../kernels/memory.js";
import { type Tensor, TensorError } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";

/**
 * The address of `n` logits in which what is not allowed can't be drawn: the row itself where there is no mask (0), and
 * otherwise `room`, with the numbers that `categorical(logits, mask)` reckons with.
 *
 * @throws TensorError where nothing is allowed
 */
export function maskedRow(logits: number, mask: number, n: number, room: Tensor): number {
  if (mask === 0) return logits;
  const place = address(room);
  const [to, from, allowed] = [place >>> 2, logits >>> 2, mask >>> 2];
  let open = false;
  for (let j = 0; j < n; j++) {
    const may = f32[allowed + j] !== 0;
    open ||= may;
    f32[to + j] = may ? f32[from + j] : NEVER;
  }
  if (!open) throw new TensorError(`the mask allows none of ${n} actions`);
  return place;
}
