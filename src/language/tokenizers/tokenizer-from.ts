/** Tokenizers from plain data, which a checkpoint or a file beside the weights holds. */

import { ConfigError, nearest } from "../../errors.js";
import { type BpeData, bpeTokenizerFrom } from "./bpe.js";
import { type CharacterData, characterTokenizerFrom } from "./characters.js";
import type { Tokenizer } from "./tokenizer.js";

/** A tokenizer as plain data: what its `toJSON` gives. */
export type TokenizerData = CharacterData | BpeData;

const TYPES: readonly TokenizerData["type"][] = ["characters", "bpe"];

/**
 * The tokenizer that a description stands for: `tokenizerFrom(JSON.parse(JSON.stringify(tokenizer)))` encodes and
 * decodes as `tokenizer` does.
 *
 * @throws ConfigError naming the field that is missing, damaged or in contradiction to another
 */
export function tokenizerFrom(data: TokenizerData): Tokenizer<TokenizerData> {
  if (typeof data !== "object" || data === null)
    throw new ConfigError({ field: "tokenizer", given: data, allowed: "what toJSON of a tokenizer gives" });
  switch (data.type) {
    case "characters":
      return characterTokenizerFrom(data);
    case "bpe":
      return bpeTokenizerFrom(data);
    default: {
      const { type } = data as { type: unknown };
      throw new ConfigError({ field: "type", given: type, allowed: TYPES.join(" or "), nearest: nearest(type, TYPES) });
    }
  }
}
