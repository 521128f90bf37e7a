/** Returns and advantages in the right way and in the usual wrong ones, to see which of them a loop has. */

import type { Segment } from "../../rollout/batch.js";

/** What the recursions go over. */
export interface Steps {
  readonly rewards: Float64Array;
  /** V of each step, or zeros without a value network. */
  readonly values: Float64Array;
  readonly segments: readonly Segment[];
  /** What follows after each segment: V of the last observation, or 0. */
  readonly finalValues: Float64Array;
  readonly gamma: number;
}

/** Which step's flag is read at step t: its own, the next one's, the one before, or none. */
export const SHIFTS = { right: 0, "one step early": 1, "one step late": -1, never: undefined } as const;
export type Shift = keyof typeof SHIFTS;

/**
 * GAE whose flags are read at other steps:
 *
 *   δₜ = rₜ + γ·next - V(sₜ)      Aₜ = δₜ + γλ·Aₜ₊₁ where the episode goes on
 *
 * `value` shifts the flag that ends the bootstrap, `carry` the flag that ends the sum. Both "right" is `gae`.
 */
export function shiftedGae(
  { rewards, values, segments, finalValues, gamma }: Steps,
  lambda: number,
  value: Shift,
  carry: Shift,
): Float64Array {
  const n = rewards.length;
  const after = new Map(segments.map(({ end }, i) => [end - 1, finalValues[i]]));
  const ended = new Set(segments.filter((one) => one.terminated || one.truncated).map(({ end }) => end - 1));
  const ends = (t: number, shift: Shift): boolean => {
    const by = SHIFTS[shift];
    return by !== undefined && ended.has(t + by);
  };
  const advantages = new Float64Array(n);
  let following = 0;
  for (let t = n - 1; t >= 0; t--) {
    const last = t === n - 1;
    const cut = last || (value === "right" && ended.has(t));
    const next = cut ? (after.get(t) ?? 0) : ends(t, value) ? 0 : values[t + 1];
    if (last || ends(t, carry)) following = 0;
    following = rewards[t] + gamma * next - values[t] + gamma * lambda * following;
    advantages[t] = following;
  }
  return advantages;
}

/**
 * How far `given` is from a·x + b with the best a > 0 and b, as a share of its deviation: 0 for the same numbers, also after
 * normalising over all of them; 1 for unrelated ones.
 */
export function distance(given: Float64Array, x: Float64Array): number {
  const n = given.length;
  const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [meanGiven, meanX] = [given, x].map(meanOf);
  let product = 0;
  let squaresGiven = 0;
  let squaresX = 0;
  for (let t = 0; t < n; t++) {
    const g = given[t] - meanGiven;
    const c = x[t] - meanX;
    product += g * c;
    squaresGiven += g * g;
    squaresX += c * c;
  }
  if (!(product > 0)) return 1;
  const correlation = product / Math.sqrt(squaresGiven * squaresX);
  return Math.sqrt(Math.max(0, 1 - correlation * correlation));
}
