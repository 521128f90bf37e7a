/** Learns a byte-level BPE from text. */

import { ConfigError } from "../../errors.js";
import { requireKnown } from "../../options.js";
import { type BpeData, bpeTokenizerFrom } from "./bpe.js";
import { BYTE_TOKENS, byteCharacter } from "./bytes.js";
import { checkText } from "./check-text.js";
import { Heap } from "./heap.js";
import { GPT2_PATTERN, type Splitter, splitterFor } from "./pattern.js";
import type { Tokenizer } from "./tokenizer.js";
import { ROLES, type SpecialTokens, specialTokens } from "./vocabulary.js";

/** The options of `trainBpe`. */
export interface BpeOptions extends SpecialTokens {
  /** The number of tokens in all: 256 bytes, the merged ones, and the special ones. */
  readonly vocabulary: number;
  /** Cuts a text into words, no two of which are merged. Default: GPT-2's. */
  readonly pattern?: string | undefined;
}

const OPTIONS: readonly (keyof BpeOptions)[] = ["vocabulary", "pattern", ...ROLES];

/** A pair of neighbours as left id · size + right id, with how often it occurred when it was put into the queue. */
interface Candidate {
  readonly pair: number;
  readonly count: number;
}

/**
 * Merges the pair of neighbours that occurs most often, again and again, until the vocabulary is full. Of pairs that
 * occur equally often, the one whose left token has the lowest id is taken, and then the one whose right token has. (A
 * run of n equal tokens counts as n − 1 pairs.) So the same text gives the same tokenizer, and its merges are those of
 * Hugging Face's trainer with `min_frequency=2` and the alphabet of bytes.
 *
 * Ids: the bytes in GPT-2's order, then what was merged, in its order, then end, pad and, if it is given, begin.
 *
 * @throws ConfigError if the text is too short for such a vocabulary: no pair that is left occurs twice
 */
export function trainBpe(text: string | Iterable<string>, options: BpeOptions): Tokenizer<BpeData> {
  requireKnown(options, OPTIONS);
  const { vocabulary: size, pattern = GPT2_PATTERN } = options;
  const { roles, list: special } = specialTokens(options);
  const fewest = BYTE_TOKENS.length + special.length;
  if (!Number.isInteger(size) || size < fewest || size > MOST)
    throw new ConfigError({
      field: "vocabulary",
      given: size,
      allowed: `a whole number from ${fewest} to ${MOST}: 256 bytes, ${special.length} special tokens, and the rest`,
    });
  const words = wordsOf(typeof text === "string" ? [text] : text, splitterFor(pattern));
  const { tokens, merges } = learn(words, size - special.length);
  const learnt = tokens.length + special.length;
  if (learnt < size)
    throw new ConfigError({ field: "vocabulary", given: size, allowed: `at most ${learnt} for this text` });
  return bpeTokenizerFrom({
    vocabulary: [...tokens, ...special],
    special,
    ...roles,
    merges,
    pattern,
    prefixSpace: false,
  });
}

/** Pairs of ids are exact in a float64 up to this size. */
const MOST = 2 ** 26;

/** A word as ids, and how often it occurs. */
interface Word {
  ids: readonly number[];
  readonly count: number;
}

function wordsOf(texts: Iterable<string>, split: Splitter): Word[] {
  if (typeof texts?.[Symbol.iterator] !== "function")
    throw new ConfigError({ field: "text", given: texts, allowed: "a string, or an iterable of strings" });
  const counts = new Map<string, number>();
  for (const text of texts) {
    checkText(text);
    for (const word of split(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const utf8 = new TextEncoder();
  const idOf = new Map(BYTE_TOKENS.map((token, id) => [token, id]));
  const idsOf = (word: string): number[] =>
    Array.from(utf8.encode(word), (byte) => idOf.get(byteCharacter(byte)) as number);
  return Array.from(counts, ([word, count]) => ({ ids: idsOf(word), count }));
}

function learn(
  words: readonly Word[],
  size: number,
): { readonly tokens: readonly string[]; readonly merges: string[] } {
  const tokens = [...BYTE_TOKENS];
  const merges: string[] = [];
  const counts = new Map<number, number>();
  const places = new Map<number, Set<Word>>();
  const queue = new Heap<Candidate>((a, b) => a.count > b.count || (a.count === b.count && a.pair < b.pair));

  /** Adds `sign` times the pairs of a word to `changes`. */
  const tally = ({ ids, count }: Word, sign: number, changes: Map<number, number>): void => {
    for (let i = 1; i < ids.length; i++) {
      const pair = ids[i - 1] * size + ids[i];
      changes.set(pair, (changes.get(pair) ?? 0) + sign * count);
    }
  };
  const locate = (word: Word): void => {
    for (let i = 1; i < word.ids.length; i++) {
      const pair = word.ids[i - 1] * size + word.ids[i];
      const found = places.get(pair);
      if (found === undefined) places.set(pair, new Set([word]));
      else found.add(word);
    }
  };
  const apply = (changes: ReadonlyMap<number, number>): void => {
    for (const [pair, change] of changes) {
      const count = (counts.get(pair) ?? 0) + change;
      counts.set(pair, count);
      if (change > 0) queue.push({ pair, count });
    }
  };

  const first = new Map<number, number>();
  for (const word of words) {
    tally(word, 1, first);
    locate(word);
  }
  apply(first);
  while (tokens.length < size) {
    const candidate = queue.pop();
    if (candidate === undefined) break;
    const { pair } = candidate;
    const count = counts.get(pair) as number;
    if (count < 2) continue;
    if (count !== candidate.count) {
      // Merges have taken some of its occurrences: it waits for its turn.
      queue.push({ pair, count });
      continue;
    }
    const [left, right] = [Math.floor(pair / size), pair % size];
    merges.push(`${tokens[left]} ${tokens[right]}`);
    // The token is new: between two edges that no merge has crossed, the same bytes are always cut in the same way.
    const id = tokens.push(tokens[left] + tokens[right]) - 1;
    const changes = new Map<number, number>();
    for (const word of places.get(pair) as Set<Word>) {
      tally(word, -1, changes);
      word.ids = replaced(word.ids, left, right, id);
      tally(word, 1, changes);
      locate(word);
    }
    places.delete(pair);
    apply(changes);
  }
  return { tokens, merges };
}

/** The ids with `id` in place of each pair, from left to right. */
function replaced(ids: readonly number[], left: number, right: number, id: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    const isPair = ids[i] === left && ids[i + 1] === right;
    result.push(isPair ? id : ids[i]);
    if (isPair) i++;
  }
  return result;
}
