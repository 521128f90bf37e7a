import { language } from "../../kernels/language.js";
import { requireTensor } from "../require-tensor.js";
import { showShape, TensorError } from "../shape.js";
import { at, Tensor } from "../tensor.js";
import { BLOCK } from "./causal-attention.js";
import { requireIds } from "./require-ids.js";

/** Keys and values of the positions so far, of one attention layer, for sequences in numbered slots. */
export interface AttentionCache {
  readonly slots: number;
  /** The number of positions that fit. */
  readonly steps: number;
  readonly heads: number;
  /** The width of a head. */
  readonly width: number;
  /** [slots, room/BLOCK, C, BLOCK]: the keys of a block lie side by side, so that a query reads them as rows of a matrix. */
  readonly keys: Tensor;
  /** [slots, room, C], with room = steps rounded up to whole blocks and C = heads·width. */
  readonly values: Tensor;
  /** Room for the scores of one step. */
  readonly scores: Tensor;
}

/** A cache for `slots` sequences of up to `steps` positions. A new sequence in a slot begins again at position 0. */
export function attentionCache(slots: number, steps: number, heads: number, width: number): AttentionCache {
  const room = Math.ceil(steps / BLOCK) * BLOCK;
  return {
    slots,
    steps,
    heads,
    width,
    keys: new Tensor([slots, room / BLOCK, heads * width, BLOCK]),
    values: new Tensor([slots, room, heads * width]),
    scores: new Tensor([slots, heads, room]),
  };
}

/**
 * The next position of R sequences side by side: [R, C] from qkv [R, 3C], with the bits of `causalAttention` at this
 * position. Row r continues the sequence in slot `slots[r]` and appends its key and its value to the cache. Rows of
 * sequences that have ended are left out: then neither this nor the layers around it compute them, and nothing moves.
 *
 * No gradient flows.
 *
 * @param slots int32 [R], no slot twice
 * @param position the same for all rows; those before it are in the cache
 * @throws TensorError if the shapes do not fit, or a slot or the position is not in the cache
 */
export function decodeAttention(qkv: Tensor, cache: AttentionCache, slots: Tensor, position: number): Tensor {
  requireTensor("decodeAttention", qkv);
  requireIds("decodeAttention", slots, 0, cache.slots - 1);
  const { heads, width, keys, values, scores } = cache;
  const rows = slots.size;
  const c = heads * width;
  if (qkv.shape.length !== 2 || qkv.shape[0] !== rows || qkv.shape[1] !== 3 * c || rows > cache.slots) {
    throw new TensorError(
      `decodeAttention: needs qkv [R, ${3 * c}] and R slots of ${cache.slots}, ` +
        `got ${showShape(qkv.shape)} and ${showShape(slots.shape)}`,
    );
  }
  if (!(Number.isInteger(position) && position >= 0 && position < cache.steps))
    throw new TensorError(`decodeAttention: position ${position} is not from 0 to ${cache.steps - 1}`);
  const y = new Tensor([rows, c]);
  const room = values.shape[1];
  language.attention_step(
    at(y),
    at(scores),
    at(keys),
    at(values),
    at(qkv),
    at(slots),
    position,
    room,
    heads,
    width,
    0,
    rows,
  );
  return y;
}
