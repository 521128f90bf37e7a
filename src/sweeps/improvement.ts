import { wilsonInterval } from "../wilson.js";
import { type Interval, type Resampling, resampledInterval } from "./resampling.js";

/**
 * The probability of improvement, P(X > Y) + ½ P(X = Y), by all pairs of a value of x and a value of y: the Mann-Whitney U
 * over n·m. NaN if either is empty.
 */
export function probabilityOfImprovement(x: readonly number[], y: readonly number[]): number {
  let total = 0;
  for (const a of x) for (const b of y) total += a > b ? 1 : a === b ? 0.5 : 0;
  return total / (x.length * y.length);
}

/**
 * Its 95 % interval, by resampling both. Where every pair says the same, a resample can only repeat that, so the bound is
 * Wilson's for as many trials as the smaller sample has values.
 */
export function improvementInterval(x: readonly number[], y: readonly number[], resampling?: Resampling): Interval {
  const p = probabilityOfImprovement(x, y);
  const trials = Math.min(x.length, y.length);
  if (p === 0 || p === 1) return wilsonInterval(p * trials, trials);
  return resampledInterval([x, y], ([a, b]) => probabilityOfImprovement(a, b), resampling);
}
