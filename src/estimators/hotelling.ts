/** Hotelling's T²: whether a mean of vectors differs from what was expected, in any direction at once. */

import { exp, log } from "../kernels/maths.js";
import { checkFields, checkFunction, checkNumbers, checkWhole } from "./checks.js";
import { inner, norm } from "./square.js";

/** A test of a mean against its prediction. */
export interface SpreadTest {
  /** T². */
  readonly statistic: number;
  /** The number of independent directions in which there is any spread. */
  readonly dimensions: number;
  /** The probability of so large a T², if the prediction is right. */
  readonly probability: number;
}

export interface HotellingOptions {
  /** S, the number of vectors. */
  readonly batches: number;
  readonly direction: Float64Array;
  /** A deviation of a coordinate that is only rounding: such coordinates have no part in the test. */
  readonly rounding: (coordinate: number) => number;
}

/** Directions with less than this share of a coordinate's own variance are taken to have none. */
const NO_SPREAD = 1e-8;
/** Where nothing varies, a difference of more than this share of a coordinate's deviation is no rounding error. */
const NO_ROUNDING = 1e-3;

/**
 * Tests all directions but one. `errors` are the differences of the mean of S vectors from the prediction, `covariance` is that
 * of one vector, by rows, and `direction` is left out, since it has a test of its own.
 *
 * Coordinates may depend on each other, as logits do: a Cholesky decomposition with pivoting takes as many as are independent.
 */
export function hotelling(errors: Float64Array, covariance: Float64Array, options: HotellingOptions): SpreadTest {
  checkNumbers("errors", errors);
  const n = errors.length;
  checkNumbers("covariance", covariance, n * n);
  checkFields(
    "options",
    options,
    ["batches", "direction", "rounding"],
    "an object with batches, direction and rounding",
  );
  const { batches: S, direction, rounding } = options;
  checkWhole("batches", S, 2);
  checkNumbers("direction", direction, n);
  checkFunction("rounding", rounding);
  const { matrix, rest, deviations } = without(direction, errors, covariance, rounding);
  const left = Array.from({ length: n }, (_, k) => k).filter((k) => deviations[k] > 0);
  let statistic = 0;
  let dimensions = 0;
  while (left.length > 0) {
    const pivot = left.reduce((best, k) => (matrix[k * n + k] > matrix[best * n + best] ? k : best));
    const size = matrix[pivot * n + pivot];
    if (size < NO_SPREAD) break;
    left.splice(left.indexOf(pivot), 1);
    dimensions++;
    statistic += (S * rest[pivot] * rest[pivot]) / size;
    for (const i of left) {
      const factor = matrix[i * n + pivot] / size;
      rest[i] -= factor * rest[pivot];
      for (const j of left) matrix[i * n + j] -= factor * matrix[pivot * n + j];
    }
  }
  if (left.some((k) => Math.abs(rest[k]) > NO_ROUNDING)) return { statistic, dimensions, probability: 0 };
  if (dimensions === 0 || S <= dimensions) return { statistic, dimensions, probability: 1 };
  const F = ((S - dimensions) / (dimensions * (S - 1))) * statistic;
  return { statistic, dimensions, probability: beyondF(F, dimensions, S - dimensions) };
}

/** Errors and covariance without the part along a direction, in units of each coordinate's deviation. */
function without(
  direction: Float64Array,
  errors: Float64Array,
  covariance: Float64Array,
  rounding: (coordinate: number) => number,
) {
  const n = errors.length;
  const length = norm(direction);
  const u = direction.map((value) => (length > 0 ? value / length : 0));
  const deviations = Float64Array.from({ length: n }, (_, k) => {
    const variance = covariance[k * n + k];
    const least = rounding(k);
    return variance > least * least ? Math.sqrt(variance) : 0;
  });
  const along = Float64Array.from({ length: n }, (_, i) => inner(covariance.subarray(i * n, (i + 1) * n), u));
  const both = inner(along, u);
  const error = inner(errors, u);
  const matrix = covariance.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    const scale = deviations[i] * deviations[j];
    return scale > 0 ? (value - u[i] * along[j] - along[i] * u[j] + both * u[i] * u[j]) / scale : 0;
  });
  const rest = errors.map((value, k) => (deviations[k] > 0 ? (value - error * u[k]) / deviations[k] : 0));
  return { matrix, rest, deviations };
}

/** P(F ≥ x) of the F distribution with d₁ and d₂ degrees of freedom. */
function beyondF(x: number, d1: number, d2: number): number {
  return x <= 0 ? 1 : incompleteBeta(d2 / (d2 + d1 * x), d2 / 2, d1 / 2);
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
