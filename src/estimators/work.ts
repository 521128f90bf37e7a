/** How much work it is to draw batches, and where to stop before it begins. */

import { ConfigError } from "../errors.js";
import { visitation } from "../tabular/gradient.js";
import type { Setting } from "./setting.js";

/** Estimators take about a microsecond a step, so this is about an hour. */
const MOST_STEPS = 4e9;
/** A covariance has the square of this many numbers, and each estimator has one. */
const MOST_PARAMETERS = 1000;

/** The steps of an episode, on average. */
export function meanLength({ mdp, policy, world, acting }: Setting): number {
  const length = visitation(mdp, acting?.policy ?? policy, { gamma: 1 }).reduce((sum, visits) => sum + visits, 0);
  return Math.min(length, world.timeLimit ?? length);
}

/** Batches that are to be drawn. */
export interface Work {
  readonly estimators: number;
  /** In a batch. */
  readonly episodes: number;
  readonly batches: number;
}

/** The steps that drawn batches have on average, each counted once for each estimator. */
export function stepsToDraw(setting: Setting, { estimators, episodes, batches }: Work): number {
  return estimators * batches * episodes * meanLength(setting);
}

/** @throws ConfigError for batches that would take hours, or a policy with too many parameters for a covariance */
export function checkWork(setting: Setting, work: Work): void {
  const { size } = setting.parameters;
  if (size > MOST_PARAMETERS)
    throw new ConfigError({
      field: "policy",
      given: setting.parameters.name,
      allowed: `one of at most ${MOST_PARAMETERS} parameters where batches are drawn, and this one has ${size}`,
    });
  const most = Math.floor((MOST_STEPS / stepsToDraw(setting, work)) * work.batches);
  if (work.batches > most)
    throw new ConfigError({
      field: "batches",
      given: work.batches,
      allowed: `at most ${most} for ${work.estimators} estimators and episodes of ${Math.round(meanLength(setting))} steps: more would take hours`,
    });
}
