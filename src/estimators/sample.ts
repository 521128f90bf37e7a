/** Measures estimators on sampled batches. Every estimator sees the same batches, so that they can be compared. */

import type { Generator } from "../random/index.js";
import { drawBatch } from "./episodes.js";
import { type Estimator, estimate } from "./estimator.js";
import type { Setting } from "./setting.js";
import { twoSided } from "./significance.js";
import { norm, square } from "./square.js";

/** What sampled batches say of one estimator. */
export interface Sampled {
  readonly batches: number;
  readonly mean: Float64Array;
  /** The total variance, with S − 1 in its denominator. */
  readonly variance: number;
  /** The standard error of the variance. */
  readonly varianceError: number;
  /** The mean cosine of an estimate to the target. */
  readonly cosine: number;
  /** The difference of the mean from its reference, along `direction`, in standard errors. */
  readonly z: number;
  /** The two-sided probability of such a z, and of the largest z of a coordinate times the number of coordinates. */
  readonly probabilities: readonly [along: number, coordinates: number];
}

/** What to compare an estimator with. */
export interface Reference {
  readonly estimator: Estimator;
  /** The predicted mean. */
  readonly mean: Float64Array;
  /** The target, for cosines. */
  readonly target: Float64Array;
  /** Where a difference is looked for first: along the predicted bias, or along the target. */
  readonly direction: Float64Array;
}

/** Sums over batches for one estimator. */
class Tally {
  private batches = 0;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private along = 0;
  private alongSquares = 0;
  private distances = 0;
  private distanceSquares = 0;
  private cosines = 0;
  private readonly reference: Reference;
  private readonly targetNorm: number;

  constructor(reference: Reference) {
    this.reference = reference;
    this.sums = new Float64Array(reference.mean.length);
    this.squares = new Float64Array(reference.mean.length);
    this.targetNorm = norm(reference.target);
  }

  add(one: Float64Array): void {
    const { mean, target, direction } = this.reference;
    let distance = 0;
    let along = 0;
    let size = 0;
    let inner = 0;
    for (let k = 0; k < one.length; k++) {
      // Differences from the reference lose no digits where the variance is small beside the mean.
      const difference = one[k] - mean[k];
      this.sums[k] += difference;
      this.squares[k] += difference * difference;
      distance += difference * difference;
      along += difference * direction[k];
      size += one[k] * one[k];
      inner += one[k] * target[k];
    }
    this.batches++;
    this.along += along;
    this.alongSquares += along * along;
    this.distances += distance;
    this.distanceSquares += distance * distance;
    if (size > 0) this.cosines += inner / (Math.sqrt(size) * this.targetNorm);
  }

  result(): Sampled {
    const S = this.batches;
    const { mean } = this.reference;
    const errors = this.sums.map((sum) => sum / S);
    const offset = square(errors);
    const zs = Array.from(errors, (error, k) => zOf(error, this.squares[k], S, mean[k]));
    const z = zOf(this.along / S, this.alongSquares, S, norm(mean) * norm(this.reference.direction));
    const largest = zs.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    const distance = this.distances / S;
    return {
      batches: S,
      mean: errors.map((error, k) => error + mean[k]),
      variance: (S / (S - 1)) * Math.max(0, distance - offset),
      varianceError: Math.sqrt(Math.max(0, this.distanceSquares / S - distance * distance) / S),
      cosine: this.cosines / S,
      z,
      probabilities: [twoSided(z), Math.min(1, zs.length * twoSided(largest))],
    };
  }
}

/** A mean and its sum of squares as z. Where nothing varies, a difference beyond rounding is infinitely unlikely. */
function zOf(mean: number, squares: number, S: number, scale: number): number {
  const variance = squares / S - mean * mean;
  const rounding = 1e-12 * Math.max(1, Math.abs(scale));
  if (variance <= rounding * rounding) return Math.abs(mean) <= 1e3 * rounding ? 0 : Number.POSITIVE_INFINITY;
  return mean / Math.sqrt(variance / (S - 1));
}

/** Draws `batches` batches of N episodes, and measures each estimator on all of them. */
export function sampled(
  references: readonly Reference[],
  setting: Setting,
  { episodes, batches, rng }: { readonly episodes: number; readonly batches: number; readonly rng: Generator },
): readonly Sampled[] {
  const tallies = references.map((reference) => new Tally(reference));
  for (let s = 0; s < batches; s++) {
    const batch = drawBatch(setting, episodes, rng);
    references.forEach(({ estimator }, i) => void tallies[i].add(estimate(estimator, setting, batch)));
  }
  return tallies.map((tally) => tally.result());
}
