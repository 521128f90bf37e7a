/** Finds in which parts numbers were normalised. */

import type { Segment } from "../../rollout/batch.js";

/** Fewer numbers have mean 0 and deviation 1 too easily. */
const FEWEST = 8;
/** Rounding of a sum of n numbers, as a share of the largest one: in float32, in the sum, and in the mean subtracted. */
const ROUNDING = 1e-6;
/** How far a deviation may be from 1. With 1e-8 added to it, it is not exactly 1. */
const TOLERANCE = 1e-3;

/**
 * The ends of the parts, each of which has mean 0 and deviation 1 (over n or n - 1): one where all numbers were normalised
 * together, several where they were normalised in parts. Undefined where they were not normalised.
 */
export function normalisedAlone(numbers: Float64Array): number[] | undefined {
  const n = numbers.length;
  if (n < FEWEST) return undefined;
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const ends: number[] = [];
  let sum = 0;
  let start = 0;
  let squares = 0;
  for (let t = 0; t < n; t++) {
    sum += numbers[t];
    squares += numbers[t] * numbers[t];
    const length = t + 1 - start;
    if (!(Math.abs(sum) <= ROUNDING * n * largest) || !hasUnitDeviation(squares, length)) continue;
    ends.push(t + 1);
    start = t + 1;
    squares = 0;
  }
  return start === n ? ends : undefined;
}

function hasUnitDeviation(squares: number, length: number): boolean {
  if (length < 3) return false;
  return [length, length - 1].some((n) => Math.abs(Math.sqrt(squares / n) - 1) < TOLERANCE);
}

/** Whether the parts are these episodes. */
export function episodesAt(segments: readonly Segment[], ends: readonly number[]): boolean {
  const ended = segments.filter(({ terminated, truncated }) => terminated || truncated);
  return ended.length === ends.length && ended.every(({ end }, i) => end === ends[i]);
}
