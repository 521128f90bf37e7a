/** Several seeds as one curve: their mean, and the range that they span. */

import { indexAt, type Points, type Range } from "./thin.js";

/** With fewer seeds than this, a band would pretend to know more than the runs themselves show. */
export const LEAST_SEEDS = 5;

export interface Spread {
  readonly x: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The mean, the least and the largest of all curves at places evenly spread over the range. A curve has at each place the value
 * that it had last: values between two points would be invented. It begins where the last curve begins, and ends where the
 * first one ends, because a mean of those that are left would be of other seeds.
 */
export function spreadOf(curves: readonly Points[], places: number, [from, to]: Range): Spread | undefined {
  if (curves.length === 0 || curves.some(({ x }) => x.length === 0)) return undefined;
  const start = Math.max(from, ...curves.map(({ x }) => x[0]));
  const end = Math.min(to, ...curves.map(({ x }) => x[x.length - 1]));
  if (!(end > start)) return undefined;
  const x = Float64Array.from({ length: places }, (_, i) => start + ((end - start) * i) / (places - 1));
  x[places - 1] = end;
  const [mean, low, high] = [new Float64Array(places), new Float64Array(places), new Float64Array(places)];
  for (let i = 0; i < places; i++) {
    const values = curves.map((curve) => curve.y[indexAt(curve.x, x[i]) as number]);
    mean[i] = values.reduce((sum, value) => sum + value, 0) / values.length;
    low[i] = Math.min(...values);
    high[i] = Math.max(...values);
  }
  return { x, mean, low, high };
}

/** What comes of a curve after a place, with the point before it, so that it goes on from there. */
export function after({ x, y }: Points, place: number): Points {
  const first = indexAt(x, place) ?? 0;
  const rest = (numbers: ArrayLike<number>): ArrayLike<number> =>
    numbers instanceof Float64Array ? numbers.subarray(first) : Array.from(numbers).slice(first);
  return { x: rest(x), y: rest(y) };
}
