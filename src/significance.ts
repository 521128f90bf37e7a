/** Tail probabilities of the normal, the F and the t distribution, and many comparisons at once. */

import { exp, log } from "./kernels/maths.js";

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

/** P(F ≥ x) of the F distribution with d₁ and d₂ degrees of freedom. */
export function beyondF(x: number, d1: number, d2: number): number {
  return x <= 0 ? 1 : incompleteBeta(d2 / (d2 + d1 * x), d2 / 2, d1 / 2);
}

/** P(|T| ≥ |t|) of Student's t distribution with ν degrees of freedom, of which t² has the F distribution. */
export function twoSidedT(t: number, degrees: number): number {
  return beyondF(t * t, 1, degrees);
}

/** The regularised incomplete beta function I_x(a, b), by its continued fraction (Numerical Recipes, section 6.4). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x)) / a;
  let c = 1;
  let d = 1 / tiny(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / tiny(1 + even * d);
    c = tiny(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / tiny(1 + odd * d);
    c = tiny(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return front * fraction;
}

/** Keeps a divisor away from 0. */
function tiny(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x ≥ ½, by Lanczos' series with g = 7. */
function logGamma(x: number): number {
  const t = x + 6.5;
  const series = LANCZOS.reduce((sum, coefficient, i) => sum + coefficient / (x + i), 0.9999999999998099);
  return 0.9189385332046727 + (x - 0.5) * log(t) - t + log(series);
}
