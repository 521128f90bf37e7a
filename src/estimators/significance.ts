/** Tail probabilities, and many comparisons at once. */

import { exp } from "../kernels/maths.js";

/**
 * P(|Z| ≥ |z|) of a standard normal Z, within 1.2e-7 of itself, by the Chebyshev fit of erfc in Numerical Recipes, section 6.2.
 */
export function twoSided(z: number): number {
  const x = Math.abs(z) * Math.SQRT1_2;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const t = 1 / (1 + 0.5 * x);
  const series = FIT.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
  return Math.min(1, t * exp(-x * x + series));
}

const FIT = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/**
 * Holm's correction: which of these probabilities are too small, if the chance of a single false alarm among them all is to
 * be at most `level`. The smallest is compared with level/n, the next with level/(n − 1), until one passes.
 */
export function rejected(probabilities: readonly number[], level: number): readonly boolean[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a] - probabilities[b]);
  const passes = order.findIndex((i, rank) => probabilities[i] > level / (probabilities.length - rank));
  const failing = new Set(passes < 0 ? order : order.slice(0, passes));
  return probabilities.map((_, i) => failing.has(i));
}

/** The z below which a standard normal number is with this probability, by bisection on `twoSided`. */
export function quantile(probability: number): number {
  if (probability < 0.5) return -quantile(1 - probability);
  let low = 0;
  let high = FARTHEST;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (1 - twoSided(middle) / 2 < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Beyond 38 the tail is 0 in float64. */
const FARTHEST = 38;
