/** Hotelling's T²: whether a mean of vectors differs from what was expected, in any direction at once. */

import { beyondF } from "../significance.js";
import { checkFunction, checkNumbers, checkOptions, checkWhole } from "./checks.js";
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
  checkOptions(options, ["batches", "direction", "rounding"]);
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
