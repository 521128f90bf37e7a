/** How many batches it takes to see a bias, alone or beside another estimator on the same batches. */

import { ConfigError } from "../errors.js";
import { requireKnown } from "../options.js";
import { quantile } from "../significance.js";
import { checkEstimator } from "./check-estimator.js";
import { checkFields, checkList, checkNumbers, checkReal, checkSetting, checkShare } from "./checks.js";
import { momentsOf } from "./enumerate.js";
import type { EpisodeBatch } from "./episodes.js";
import { type Estimator, estimate } from "./estimator.js";
import type { Setting } from "./setting.js";
import { norm } from "./square.js";

/** How sure one wants to be. */
export interface Certainty {
  /** The chance of seeing a bias that isn't there. Default: 1e-4, two-sided. */
  readonly level?: number | undefined;
  /** The chance of seeing one that is. Default: 0.99. */
  readonly power?: number | undefined;
}

/** S = ((z_(α/2) + z_β) · deviation / |bias|)²: the number of batches, to the nearest, that show a bias of one number. Infinity for none. */
export function batchesFor(bias: number, deviation: number, certainty: Certainty = {}): number {
  requireKnown(certainty, ["level", "power"]);
  const { level = 1e-4, power = 0.99 } = certainty;
  checkShare("level", level);
  checkShare("power", power);
  checkReal("bias", bias);
  checkReal("deviation", deviation, { min: 0 });
  const distance = ((quantile(1 - level / 2) + quantile(power)) * deviation) / Math.abs(bias);
  return Math.max(2, Math.round(distance * distance));
}

/** The mean and the deviation of one number over all batches. */
export interface Difference {
  readonly mean: number;
  readonly deviation: number;
}

/** What an estimate is compared with: a vector, or another estimator's estimate from the same batch; and in which direction. */
export interface Comparison {
  readonly from: Estimator | Float64Array;
  readonly direction: Float64Array;
}

/**
 * The differences of an estimator's estimates, along directions, over all batches of N episodes. From another estimator on the
 * same batch they vary little, because most of the noise is common to both.
 *
 * @throws ConfigError if a direction is 0, or if there are more than 30,000 batches
 */
export function differences(
  estimator: Estimator,
  setting: Setting,
  N: number,
  comparisons: readonly Comparison[],
): readonly Difference[] {
  checkEstimator(estimator);
  checkSetting(setting);
  checkList("comparisons", comparisons, "a list of objects with from and direction");
  for (const comparison of comparisons) {
    checkFields("comparisons", comparison, ["from", "direction"], "objects with from and direction");
    const { from, direction } = comparison;
    checkNumbers("direction", direction, setting.parameters.size);
    if (from instanceof Float64Array) checkNumbers("from", from, setting.parameters.size);
    else checkEstimator(from, "from");
  }
  const others = [...new Set(comparisons.map(({ from }) => from))];
  const units = comparisons.map(({ direction }) => {
    const length = norm(direction);
    if (length === 0) throw new ConfigError({ field: "direction", given: 0, allowed: "a vector that is not 0" });
    return direction.map((value) => value / length);
  });
  const projections = (batch: EpisodeBatch): Float64Array => {
    const own = estimate(estimator, setting, batch);
    const theirs = others.map((from) => (from instanceof Float64Array ? from : estimate(from, setting, batch)));
    return Float64Array.from(comparisons, ({ from }, i) => {
      const other = theirs[others.indexOf(from)];
      return own.reduce((sum, value, k) => sum + (value - other[k]) * units[i][k], 0);
    });
  };
  // Squares beside the numbers, so that each has a deviation of its own.
  const both = (batch: EpisodeBatch): Float64Array => {
    const one = projections(batch);
    return Float64Array.of(...one, ...one.map((value) => value * value));
  };
  const [{ mean: means }] = momentsOf([both], setting, N);
  return comparisons.map((_, i) => {
    const mean = means[i];
    return { mean, deviation: Math.sqrt(Math.max(0, means[comparisons.length + i] - mean * mean)) };
  });
}
