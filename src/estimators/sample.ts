/** Measures estimators on sampled batches. Every estimator sees the same batches, so that they can be compared. */

import type { Generator as RandomGenerator } from "../random/index.js";
import { twoSided } from "../significance.js";
import { checkEstimator } from "./check-estimator.js";
import { checkFields, checkList, checkNumbers, checkOptions, checkSetting, checkWhole } from "./checks.js";
import { drawBatch } from "./episodes.js";
import { type Estimator, estimate } from "./estimator.js";
import { hotelling, type SpreadTest } from "./hotelling.js";
import type { Setting } from "./setting.js";
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
  /** The difference in all other directions at once. */
  readonly rest: SpreadTest;
  /** The two-sided probability of such a z, and that of such a difference in all other directions. */
  readonly probabilities: readonly [along: number, rest: number];
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
  private readonly products: Float64Array;
  private readonly difference: Float64Array;
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
    this.products = new Float64Array(reference.mean.length * reference.mean.length);
    this.difference = new Float64Array(reference.mean.length);
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
      this.difference[k] = difference;
      this.sums[k] += difference;
      distance += difference * difference;
      along += difference * direction[k];
      size += one[k] * one[k];
      inner += one[k] * target[k];
    }
    this.addProducts();
    this.batches++;
    this.along += along;
    this.alongSquares += along * along;
    this.distances += distance;
    this.distanceSquares += distance * distance;
    if (size > 0) this.cosines += inner / (Math.sqrt(size) * this.targetNorm);
  }

  /** Half of the products of all pairs, and the diagonal. */
  private addProducts(): void {
    const { difference, products } = this;
    const n = difference.length;
    for (let i = 0; i < n; i++) {
      const own = difference[i];
      if (own !== 0) for (let j = 0; j <= i; j++) products[i * n + j] += own * difference[j];
    }
  }

  /** The covariance of one estimate, with S − 1 in its denominator. */
  private covariance(errors: Float64Array): Float64Array {
    const S = this.batches;
    const n = errors.length;
    return this.products.map((_, at) => {
      const i = Math.floor(at / n);
      const j = at % n;
      const product = this.products[Math.max(i, j) * n + Math.min(i, j)];
      return (product - S * errors[i] * errors[j]) / (S - 1);
    });
  }

  result(): Sampled {
    const S = this.batches;
    const { mean, direction } = this.reference;
    const errors = this.sums.map((sum) => sum / S);
    const offset = square(errors);
    const z = zOf(this.along / S, this.alongSquares, S, norm(mean) * norm(direction));
    const rounding = (k: number): number => roundingOf(mean[k]);
    const rest = hotelling(errors, this.covariance(errors), { batches: S, direction, rounding });
    const n = errors.length;
    const isOff = errors.some(
      (error, k) => zOf(error, this.products[k * n + k], S, mean[k]) === Number.POSITIVE_INFINITY,
    );
    const distance = this.distances / S;
    return {
      batches: S,
      mean: errors.map((error, k) => error + mean[k]),
      variance: (S / (S - 1)) * Math.max(0, distance - offset),
      varianceError: Math.sqrt(Math.max(0, this.distanceSquares / S - distance * distance) / S),
      cosine: this.cosines / S,
      z,
      rest,
      probabilities: [twoSided(z), isOff ? 0 : rest.probability],
    };
  }
}

/** A mean and its sum of squares as z. Where nothing varies, a difference beyond rounding is infinitely unlikely. */
function zOf(mean: number, squares: number, S: number, scale: number): number {
  const variance = squares / S - mean * mean;
  const rounding = roundingOf(scale);
  if (variance <= rounding * rounding) return Math.abs(mean) <= 1e3 * rounding ? 0 : Number.POSITIVE_INFINITY;
  return mean / Math.sqrt(variance / (S - 1));
}

/** Deviations of at most this are rounding, in sums of numbers of this size. */
function roundingOf(scale: number): number {
  return 1e-12 * Math.max(1, Math.abs(scale));
}

/** What `sampled` draws. */
export interface Draw {
  /** In a batch. */
  readonly episodes: number;
  readonly batches: number;
  readonly rng: RandomGenerator;
}

/** Draws `batches` batches of N episodes, and measures each estimator on all of them. */
export function sampled(references: readonly Reference[], setting: Setting, draw: Draw): readonly Sampled[] {
  return finished(sampling(references, setting, draw));
}

/** Does all that is left of some work. */
export function finished<T>(work: Steps<T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** Work that pauses after each batch, with the number of batches drawn so far. */
export type Steps<T> = Generator<number, T, undefined>;

/** The same as `sampled`, with a pause after each batch. */
function* sampling(references: readonly Reference[], setting: Setting, draw: Draw): Steps<readonly Sampled[]> {
  checkOptions(draw, ["episodes", "batches", "rng"]);
  const { batches, ...batch } = draw;
  checkWhole("batches", batches, 2);
  const sampler = new Sampler(references, setting, batch);
  while (sampler.batches < batches) {
    sampler.draw();
    yield sampler.batches;
  }
  return sampler.result();
}

/** Draws batches one by one, and measures each estimator on all of them. */
export class Sampler {
  private drawn = 0;
  private readonly tallies: readonly Tally[];
  private readonly references: readonly Reference[];
  private readonly setting: Setting;
  private readonly batch: Omit<Draw, "batches">;

  constructor(references: readonly Reference[], setting: Setting, batch: Omit<Draw, "batches">) {
    checkList("references", references, "a list of objects with estimator, mean, target and direction");
    checkSetting(setting);
    for (const reference of references) {
      checkFields("references", reference, ["estimator"], "objects with estimator, mean, target and direction");
      const { estimator, mean, target, direction } = reference;
      checkEstimator(estimator);
      for (const [field, given] of Object.entries({ mean, target, direction }))
        checkNumbers(field, given, setting.parameters.size);
    }
    this.references = references;
    this.setting = setting;
    this.batch = batch;
    this.tallies = references.map((reference) => new Tally(reference));
  }

  get batches(): number {
    return this.drawn;
  }

  /** Draws one batch, and returns the estimate of each estimator. */
  draw(): readonly Float64Array[] {
    const { references, setting, tallies } = this;
    const batch = drawBatch(setting, this.batch.episodes, this.batch.rng);
    const estimates = references.map(({ estimator }) => estimate(estimator, setting, batch));
    estimates.forEach((one, i) => void tallies[i].add(one));
    this.drawn++;
    return estimates;
  }

  /** After at least two batches. */
  result(): readonly Sampled[] {
    return this.tallies.map((tally) => tally.result());
  }
}
