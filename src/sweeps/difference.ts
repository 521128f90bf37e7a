/** Whether two samples differ, and by how much. */

import { twoSidedT } from "../significance.js";
import { interquartileMean } from "./interquartile-mean.js";
import { meanOf, varianceOf } from "./moments.js";
import { type Interval, type Resampling, resampledInterval } from "./resampling.js";

/** The difference of the interquartile means, x less y, and its 95 % interval by resampling both. */
export function difference(
  x: readonly number[],
  y: readonly number[],
  resampling?: Resampling,
): { readonly difference: number; readonly interval: Interval } {
  const of = (a: readonly number[], b: readonly number[]): number => interquartileMean(a) - interquartileMean(b);
  return { difference: of(x, y), interval: resampledInterval([x, y], ([a, b]) => of(a, b), resampling) };
}

/**
 * The p-value of Welch's t-test, two-sided: how likely so large a difference of the means is, if both are equal. The
 * variances may differ:
 *
 *   t = (x̄ − ȳ) / √(sₓ²/n + sᵧ²/m),  ν = (sₓ²/n + sᵧ²/m)² / ((sₓ²/n)²/(n − 1) + (sᵧ²/m)²/(m − 1))
 *
 * NaN if a sample has fewer than two values. If neither varies, 1 where the means are equal and 0 where they are not.
 */
export function welchProbability(x: readonly number[], y: readonly number[]): number {
  const a = varianceOf(x) / x.length;
  const b = varianceOf(y) / y.length;
  const gap = meanOf(x) - meanOf(y);
  if (Number.isNaN(a + b)) return Number.NaN;
  if (a + b === 0) return gap === 0 ? 1 : 0;
  const degrees = (a + b) ** 2 / (a ** 2 / (x.length - 1) + b ** 2 / (y.length - 1));
  return twoSidedT(gap / Math.sqrt(a + b), degrees);
}

/** The p-value of a t-test of one sample, two-sided: how likely so large a mean is, if the true one is 0. NaN of one value. */
export function meanZeroProbability(values: readonly number[]): number {
  const mean = meanOf(values);
  const error = Math.sqrt(varianceOf(values) / values.length);
  if (error === 0) return mean === 0 ? 1 : 0;
  return twoSidedT(mean / error, values.length - 1);
}
