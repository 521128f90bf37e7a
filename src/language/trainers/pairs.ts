/** Preferences as tokens. */

import type { Sequence } from "../sequences.js";

/** Two responses to one prompt, of which the first was liked better. */
export interface Pair {
  readonly prompt: readonly number[];
  readonly chosen: readonly number[];
  readonly rejected: readonly number[];
}

/** Pairs to learn from, and the ids that end texts and fill them up. */
export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly special: { readonly end: number; readonly pad: number };
}

/** The chosen responses and then the rejected ones, as sequences. */
export function bothSides(pairs: readonly Pair[]): Sequence[] {
  return [
    ...pairs.map(({ prompt, chosen }) => ({ prompt, response: chosen })),
    ...pairs.map(({ prompt, rejected }) => ({ prompt, response: rejected })),
  ];
}
