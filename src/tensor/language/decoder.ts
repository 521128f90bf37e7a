/**
 * A GPT that writes: one position of many sequences at a time, with the keys and values of earlier positions in a cache. A
 * step is one kernel call. Its logits have the bits that the operations of a whole pass give, so a token is scored later
 * with the very probability that it was drawn with.
 */

import { release } from "../../kernels/heap.js";
import { language } from "../../kernels/language.js";
import { i32 } from "../../kernels/memory.js";
import { TensorError } from "../shape.js";
import { at, indices, Tensor } from "../tensor.js";
import { BLOCK } from "./causal-attention.js";
import { EPS } from "./layer-norm.js";
import { requireIds } from "./require-ids.js";

/** A layer normalisation's gain and bias, each [C]. */
interface Norm {
  readonly gain: Tensor;
  readonly bias: Tensor;
}

/** x·W + b, with W [inputs, outputs]. */
interface Projection {
  readonly weights: Tensor;
  readonly bias: Tensor;
}

/** The parameters of a GPT-2, whose head is its table of tokens. */
export interface Decodable {
  readonly config: { readonly heads: number };
  /** [V, C] */
  readonly tokens: Tensor;
  /** [context, C] */
  readonly positions: Tensor;
  readonly layers: readonly {
    readonly norm1: Norm;
    readonly attention: Projection;
    readonly attentionOut: Projection;
    readonly norm2: Norm;
    readonly up: Projection;
    readonly down: Projection;
  }[];
  readonly norm: Norm;
}

/**
 * Room for sequences in numbered slots. Rows of sequences that have ended are left out: then nothing is computed for them,
 * and nothing in the cache moves.
 */
export interface Decoder {
  /**
   * Takes one more token of the sequences in these slots, no slot twice, which are all at `position`.
   *
   * @throws TensorError if an id, a slot or the position is not one of the decoder's
   */
  read(ids: ArrayLike<number>, slots: ArrayLike<number>, position: number): void;
  /** Does so, and returns the logits of the tokens that follow: [slots.length, V]. */
  next(ids: ArrayLike<number>, slots: ArrayLike<number>, position: number): Tensor;
}

/** Columns of the widest panel (`kernels/panels.h`). */
const WIDEST = 32;

/** The panels of W [k, n], or with `turned` of the transpose of W [n, k]. */
function packed(weights: Tensor, turned = false): Tensor {
  const [k, n] = turned ? [weights.shape[1], weights.shape[0]] : weights.shape;
  const panels = new Tensor([Math.ceil(n / WIDEST), k, WIDEST]);
  language.pack_panels(at(panels), at(weights), k, n, turned ? 1 : 0);
  return panels;
}

/**
 * A decoder for so many sequences of up to `length` tokens. It packs the weights as they are now, once for all steps. No
 * gradient flows.
 *
 * @throws TensorError if the context has no room for `length` tokens
 */
export function decoder(model: Decodable, slots: number, length: number): Decoder {
  const { config, tokens, positions, norm } = model;
  const { heads } = config;
  const [v, c] = tokens.shape;
  if (length > positions.shape[0])
    throw new TensorError(`decoder: sequences of ${length} tokens, where the context is ${positions.shape[0]}`);
  const room = Math.ceil(length / BLOCK) * BLOCK;
  const head = packed(tokens, true);
  const layers = model.layers.map(({ norm1, attention, attentionOut, norm2, up, down }) => {
    const projected = ({ weights, bias }: Projection): Tensor[] => [packed(weights), bias];
    const cache = [new Tensor([slots, room / BLOCK, c, BLOCK]), new Tensor([slots, room, c])];
    const first = [norm1.gain, norm1.bias, ...projected(attention), ...projected(attentionOut)];
    return [...first, norm2.gain, norm2.bias, ...projected(up), ...projected(down), ...cache];
  });
  // In the order of decode_plan (kernels/decode.h).
  const parts = [tokens, positions, head, norm.gain, norm.bias, ...layers.flat()];
  const sizes = [layers.length, heads, c / heads, room, v];
  const plan = new Tensor([1 + sizes.length + parts.length], "int32");
  const work = new Tensor([slots, 6 * c + heads * room]);

  const step = (given: ArrayLike<number>, which: ArrayLike<number>, position: number, logits?: Tensor): void => {
    if (!(Number.isInteger(position) && position >= 0 && position < length))
      throw new TensorError(`decoder: position ${position} is not from 0 to ${length - 1}`);
    if (given.length !== which.length || which.length > slots)
      throw new TensorError(`decoder: ${given.length} ids for ${which.length} of ${slots} slots`);
    const [ids, chosen] = [given, which].map((numbers) => indices(Int32Array.from(numbers)));
    requireIds("decoder", ids, 0, v - 1);
    requireIds("decoder", chosen, 0, slots - 1);
    // Take all addresses before writing the first word: copying a block back may replace the views of the memory.
    const start = at(plan);
    const words = [start, ...sizes, ...parts.map(at)];
    const [to, free, first, second] = [logits === undefined ? 0 : at(logits), at(work), at(ids), at(chosen)];
    i32.set(words, start >>> 2);
    language.decode(to, free, start, first, second, position, EPS, 0, which.length);
    for (const { block } of [ids, chosen]) release(block);
  };
  return {
    read: (ids, which, position) => step(ids, which, position),
    next(ids, which, position) {
      const logits = new Tensor([which.length, v]);
      step(ids, which, position, logits);
      return logits;
    },
  };
}
