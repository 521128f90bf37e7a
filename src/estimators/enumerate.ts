import { ConfigError } from "../errors.js";
import type { Trajectory } from "../tabular/trajectories.js";
import { checkEstimators } from "./check-estimator.js";
import { checkFunction, checkList, checkSetting, checkWhole } from "./checks.js";
import { allEpisodes, batchCount, type EpisodeBatch, eachBatch } from "./episodes.js";
import { type Estimator, estimate } from "./estimator.js";
import type { Moments } from "./moments.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";

/** More batches than this are not enumerated: it would take more than a second. */
const MOST_BATCHES = 30_000;

/** All episodes of this world, if all batches of N of them can be visited. */
function enumerable(setting: Setting, N: number): readonly Trajectory[] | undefined {
  checkSetting(setting);
  checkWhole("episodes", N, 1);
  const episodes = allEpisodes(setting);
  return episodes !== undefined && batchCount(episodes.length, N) <= MOST_BATCHES ? episodes : undefined;
}

/** Whether all batches of N episodes of this world can be visited. */
export function canEnumerate(setting: Setting, N: number): boolean {
  return enumerable(setting, N) !== undefined;
}

/**
 * The exact moments of estimators for batches of N episodes: the weighted sum over all batches that can happen. The rounding
 * errors are about 1e-15 of the largest estimate.
 *
 * @throws ConfigError if there are more than 30,000 batches, or endless episodes
 */
export function enumerated(estimators: readonly Estimator[], setting: Setting, N: number): readonly Moments[] {
  checkEstimators(estimators);
  return momentsOf(
    estimators.map((estimator) => (batch) => estimate(estimator, setting, batch)),
    setting,
    N,
  );
}

/**
 * The same for any vectors that are computed from a batch.
 *
 * @throws ConfigError if there are more than 30,000 batches, or endless episodes
 */
export function momentsOf(
  vectors: readonly ((batch: EpisodeBatch) => Float64Array)[],
  setting: Setting,
  N: number,
): readonly Moments[] {
  checkList("vectors", vectors, "a list of functions of a batch");
  for (const vector of vectors) checkFunction("vectors", vector);
  const episodes = enumerable(setting, N);
  if (episodes === undefined)
    throw new ConfigError({
      field: "episodes",
      given: N,
      allowed: `so few that there are at most ${MOST_BATCHES} batches`,
    });
  const means: Float64Array[] = [];
  const squares = vectors.map(() => 0);
  eachBatch(episodes, N, (batch, probability) => {
    vectors.forEach((vector, i) => {
      const one = vector(batch);
      means[i] ??= new Float64Array(one.length);
      for (let k = 0; k < one.length; k++) {
        means[i][k] += probability * one[k];
        squares[i] += probability * one[k] * one[k];
      }
    });
  });
  return means.map((mean, i) => ({ mean, variance: Math.max(0, squares[i] - square(mean)) }));
}
