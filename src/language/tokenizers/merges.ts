/** Byte pair encoding of one word. */

import { Heap } from "./heap.js";

/** Which pairs of neighbours become one token, by rank: the lowest rank is merged first. */
export interface Merges {
  /** Left id · size + right id → rank. */
  readonly ranks: ReadonlyMap<number, number>;
  /** The id that a pair becomes, by rank. */
  readonly results: readonly number[];
  /** The size of the vocabulary. */
  readonly size: number;
}

/** A rank and a place in a word share one number; texts and vocabularies are shorter than this. */
const PLACES = 2 ** 32;

/**
 * Merges the pair of the lowest rank, of equal ones the leftmost, until no pair of the word has a rank. Takes
 * n log n steps for n bytes, so a word may be as long as a text. Overwrites `symbols`.
 */
export function mergeWord(symbols: number[], { ranks, results, size }: Merges): number[] {
  const { length } = symbols;
  const next = new Int32Array(length);
  const previous = new Int32Array(length);
  for (let place = 0; place < length; place++) {
    next[place] = place + 1;
    previous[place] = place - 1;
  }
  // The rank of a place that has been merged into another is undefined: its symbol is -1.
  const rankAt = (place: number): number | undefined =>
    next[place] < length ? ranks.get(symbols[place] * size + symbols[next[place]]) : undefined;
  const queue = new Heap<number>((a, b) => a < b);
  const offer = (place: number): void => {
    const rank = rankAt(place);
    if (rank !== undefined) queue.push(rank * PLACES + place);
  };
  for (let place = 0; place < length - 1; place++) offer(place);
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    const rank = Math.floor(entry / PLACES);
    const place = entry % PLACES;
    // The entry is out of date if a neighbour was merged away.
    if (rankAt(place) !== rank) continue;
    const taken = next[place];
    symbols[place] = results[rank];
    symbols[taken] = -1;
    next[place] = next[taken];
    if (next[place] < length) previous[next[place]] = place;
    offer(place);
    if (previous[place] >= 0) offer(previous[place]);
  }
  return symbols.filter((symbol) => symbol >= 0);
}
