/**
 * A GPT that writes: one position of many sequences at a time, with the keys and values of earlier positions in a cache. The
 * states have the bits of `gpt.states`, so a token is scored later with the very probability that it was drawn with.
 */

import { tidied } from "../../tensor/graph.js";
import { add, indices, noGrad, type Tensor } from "../../tensor/index.js";
import { type AttentionCache, attentionCache, decodeAttention, embedding } from "../../tensor/language/index.js";
import { feedForward, type Gpt, normed, project } from "./gpt.js";

/** Room for sequences in numbered slots. */
export interface Decoder {
  /** The states after one more token of the sequences in these slots, which are all at `position`: [slots.length, C]. */
  step(ids: ArrayLike<number>, slots: Int32Array, position: number): Tensor;
}

/** A decoder for so many sequences of up to `length` tokens. */
export function decoder({ config, tokens, positions, layers, norm }: Gpt, slots: number, length: number): Decoder {
  const { heads, width } = config;
  const caches = layers.map((): AttentionCache => attentionCache(slots, length, heads, width / heads));
  return {
    step: (ids, which, position) =>
      noGrad(() =>
        tidied(() => {
          const chosen = indices(which);
          const places = indices(new Int32Array(which.length).fill(position));
          let x = add(embedding(tokens, indices(Int32Array.from(ids))), embedding(positions, places));
          layers.forEach((layer, i) => {
            const qkv = project(normed(x, layer.norm1), layer.attention);
            x = add(x, project(decodeAttention(qkv, caches[i], chosen, position), layer.attentionOut));
            x = add(x, feedForward(normed(x, layer.norm2), layer));
          });
          return normed(x, norm);
        }),
      ),
  };
}
