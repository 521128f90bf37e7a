/** What every tokenizer can do, and what is required of its special tokens. */

import { ConfigError } from "../../errors.js";

/** Whether special tokens are written in a text. By default a text is only text. */
export interface TextOptions {
  /**
   * `encode` takes the text of a special token, such as `<|end|>`, as that token, and `decode` writes it. Without it,
   * `encode` reads such a text as any other, so no text can contain a special token, and `decode` leaves them out.
   */
  readonly special?: boolean | undefined;
}

/**
 * Turns text into numbers, the *ids* of tokens, and back. `decode(encode(text))` is `text`, except for a tokenizer that
 * puts a space before each text. `Data` is the type of its description.
 */
export interface Tokenizer<Data = unknown> {
  /** The number of tokens: ids are 0 to size − 1. */
  readonly size: number;
  /** The id that ends a text (EOS). A model learns to emit it. */
  readonly end: number;
  /** The id that fills a batch up where a text is shorter. No model learns it, so it is never the same as `end`. */
  readonly pad: number;
  /** The id that begins a text, if the tokenizer has one. */
  readonly begin?: number | undefined;
  /** @throws ConfigError naming the place of a character that has no token, or of half a surrogate pair */
  encode(text: string, options?: TextOptions): number[];
  /** Bytes that are not valid UTF-8 become U+FFFD. @throws ConfigError naming the place of a number that is no id */
  decode(ids: ArrayLike<number>, options?: TextOptions): string;
  /** Plain data from which `tokenizerFrom` makes the same tokenizer. */
  toJSON(): Data;
}

const NOT_END =
  "an id other than that of end. Where padding is left out of the loss, a model would never learn to end; where it " +
  "counts, the model would learn to pad";

/**
 * Returns the tokenizer if its size and special tokens can be used: ids below its size, and `pad` and `end` apart.
 *
 * @throws ConfigError naming the field
 */
export function checkedTokenizer<T extends Tokenizer>(tokenizer: T): T {
  const { size, end, pad, begin } = tokenizer;
  if (!Number.isInteger(size) || size < 2)
    throw new ConfigError({ field: "size", given: size, allowed: "a whole number of tokens, at least 2" });
  for (const [field, id] of Object.entries({ end, pad, ...(begin === undefined ? {} : { begin }) })) {
    if (!Number.isInteger(id) || id < 0 || id >= size)
      throw new ConfigError({ field, given: id, allowed: `an id: a whole number from 0 to ${size - 1}` });
  }
  if (pad === end) throw new ConfigError({ field: "pad", given: pad, allowed: NOT_END });
  if (begin === pad) throw new ConfigError({ field: "begin", given: begin, allowed: "an id other than that of pad" });
  return tokenizer;
}
