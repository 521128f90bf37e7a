/** The power of a comparison: the smallest difference that so many seeds can show. */

import { exp, log } from "../kernels/maths.js";
import { twoSided, twoSidedT } from "../significance.js";
import { varianceOf } from "./moments.js";

/** The chance of a false alarm, two-sided, and that of seeing a difference that is there. */
const ALPHA = 0.05;
const POWER = 0.8;

/**
 * The smallest difference of two means, in standard deviations, that a two-sided t-test at α = 0.05 finds with a probability
 * of 0.8, given n and m seeds. Infinite if either has fewer than 2. To find 2 deviations it takes 6 seeds a side, for 1 it
 * takes 17, and for ½ it takes 64 (Colas et al. 2018, arXiv:1806.08295).
 */
export function detectableEffect(n: number, m: number): number {
  if (Math.min(n, m) < 2) return Number.POSITIVE_INFINITY;
  const degrees = n + m - 2;
  const critical = bisected(0, 20, (t) => twoSidedT(t, degrees) < ALPHA);
  const perDeviation = Math.sqrt((n * m) / (n + m));
  return bisected(0, 20, (effect) => power(effect * perDeviation, critical, degrees) > POWER);
}

/** The same for two samples in their own unit, by their pooled standard deviation. NaN if one has fewer than two values. */
export function detectableDifference(x: readonly number[], y: readonly number[]): number {
  const [n, m] = [x.length, y.length];
  const pooled = ((n - 1) * varianceOf(x) + (m - 1) * varianceOf(y)) / (n + m - 2);
  return Math.sqrt(pooled) * detectableEffect(n, m);
}

/**
 * P(|T| > t) of a non-central t with ν degrees of freedom: T = (Z + δ)/S, where S² is χ²/ν. It is the mean of
 * P(|Z + δ| > t·S) over S, whose density is proportional to s^(ν−1) exp(−ν s²/2). The midpoint rule does both integrals.
 */
function power(shift: number, t: number, degrees: number): number {
  const mode = Math.sqrt((degrees - 1) / degrees);
  const reach = 10 / Math.sqrt(2 * degrees);
  const from = Math.max(0, mode - reach);
  const width = (mode + reach - from) / POINTS;
  const logDensity = (s: number): number => (degrees - 1) * log(s) - (degrees * s * s) / 2;
  const peak = logDensity(Math.max(mode, width));
  let found = 0;
  let all = 0;
  for (let i = 0; i < POINTS; i++) {
    const s = from + (i + 0.5) * width;
    const density = exp(logDensity(s) - peak);
    found += density * (above(t * s - shift) + above(t * s + shift));
    all += density;
  }
  return found / all;
}

const POINTS = 500;

/** P(Z > z). */
function above(z: number): number {
  return z > 0 ? twoSided(z) / 2 : 1 - twoSided(z) / 2;
}

/** Where a condition that fails at `low` begins to hold; `high` if that is not before it. */
function bisected(low: number, high: number, holds: (value: number) => boolean): number {
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
