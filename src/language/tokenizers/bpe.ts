/**
 * Byte-level byte pair encoding, as GPT-2 has it (Radford et al. 2019; Sennrich, Haddow & Birch 2016).
 *
 *   text → words (by a pattern) → UTF-8 bytes → pairs merged by rank → ids
 *
 * Any text can be written, since each byte is a token, and decoding gives it back.
 */

import { ConfigError, show } from "../../errors.js";
import { BYTE_TOKENS, byteCharacter, bytesOf } from "./bytes.js";
import { type Merges, mergeWord } from "./merges.js";
import { GPT2_PATTERN, splitterFor } from "./pattern.js";
import type { Tokenizer } from "./tokenizer.js";
import { tokenizerOf } from "./tokenizer-of.js";
import { type Vocabulary, type VocabularyData, vocabularyFrom } from "./vocabulary.js";

/** A byte-level BPE as plain data. Tokens that are not special are written as GPT-2 writes bytes (`bytes.ts`). */
export interface BpeData extends VocabularyData {
  readonly type: "bpe";
  /** `"a b"`: the tokens a and b become the token ab. The first has rank 0 and goes first. */
  readonly merges: readonly string[];
  /** Cuts a text into words; null makes it one word. */
  readonly pattern: string | null;
  /** Whether a space is put before each text, and before each piece between special tokens, that has none. */
  readonly prefixSpace: boolean;
}

/** Words are kept with their ids, up to so many, and up to this length in UTF-16 units. */
const MOST_WORDS = 20_000;
const LONGEST_WORD = 100;

/** @throws ConfigError naming what is missing or contradicts the rest, or as `vocabularyFrom` and `splitterFor` */
export function bpeTokenizerFrom(given: Omit<BpeData, "type">): Tokenizer<BpeData> {
  const { pattern, prefixSpace } = given;
  const checked = vocabularyFrom(given);
  const { data, ids, special } = checked;
  const merges = mergesFrom(given.merges, checked);
  const pairs = Object.freeze([...given.merges]);
  const split = splitterFor(pattern);
  if (typeof prefixSpace !== "boolean")
    throw new ConfigError({ field: "prefixSpace", given: prefixSpace, allowed: "true or false" });
  if (prefixSpace && pattern !== GPT2_PATTERN && pattern !== null)
    throw new ConfigError({ field: "prefixSpace", given: prefixSpace, allowed: "false with a pattern of one's own" });

  const utf8 = new TextEncoder();
  const text = new TextDecoder("utf-8", { ignoreBOM: true });
  const tokenBytes = data.vocabulary.map((token, id) => (special.has(id) ? utf8.encode(token) : bytesIn(token, id)));
  const byteIds = Array.from({ length: 256 }, (_, byte) => ids.get(byteCharacter(byte)) as number);
  const known = new Map<string, readonly number[]>();
  const encodeWord = (word: string): readonly number[] => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const bytes = utf8.encode(word);
    const symbols: number[] = [];
    for (const byte of bytes) symbols.push(byteIds[byte]);
    const result = mergeWord(symbols, merges);
    if (word.length > LONGEST_WORD) return result;
    if (known.size === MOST_WORDS) known.clear();
    // A part of a string keeps the whole string in memory; what is decoded is a string of its own.
    known.set(text.decode(bytes), result);
    return result;
  };
  return tokenizerOf(checked, {
    encode(piece, result) {
      for (const word of split(prefixSpace && !piece.startsWith(" ") ? ` ${piece}` : piece))
        for (const id of encodeWord(word)) result.push(id);
    },
    decode: (tokens) => text.decode(joined(tokens.map((id) => tokenBytes[id]))),
    toJSON: () => ({ type: "bpe", ...data, merges: pairs, pattern, prefixSpace }),
  });
}

function mergesFrom(given: readonly string[], { data, ids, special }: Vocabulary): Merges {
  const size = data.vocabulary.length;
  const idOf = (token: string): number | undefined => {
    const id = ids.get(token);
    return id === undefined || special.has(id) ? undefined : id;
  };
  const missing = BYTE_TOKENS.find((token) => idOf(token) === undefined);
  if (missing !== undefined) {
    const allowed = `a list with a token for each of the 256 bytes; ${show(missing)} is missing`;
    throw new ConfigError({ field: "vocabulary", given: `${size} tokens`, allowed });
  }
  if (!Array.isArray(given)) throw new ConfigError({ field: "merges", given, allowed: "a list of pairs" });
  const ranks = new Map<number, number>();
  const results = given.map((pair, rank) => {
    const [left, right, ...more] = typeof pair === "string" ? pair.split(" ") : [];
    const [a, b, ab] = [left, right, `${left}${right}`].map(idOf);
    if (a === undefined || b === undefined || ab === undefined || more.length > 0) {
      const allowed = "two tokens with a space between, which joined are a token too, none of them special";
      throw new ConfigError({ field: `merges[${rank}]`, given: pair, allowed });
    }
    if (ranks.has(a * size + b))
      throw new ConfigError({ field: `merges[${rank}]`, given: pair, allowed: "a pair that is there once" });
    ranks.set(a * size + b, rank);
    return ab;
  });
  return { ranks, results, size };
}

function bytesIn(token: string, id: number): Uint8Array {
  const bytes = bytesOf(token);
  if (bytes !== undefined) return bytes;
  const allowed = "a special token, or one of characters that stand for bytes, as GPT-2 writes them";
  throw new ConfigError({ field: `vocabulary[${id}]`, given: token, allowed });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}
