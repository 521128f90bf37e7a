import { checkEstimators } from "../estimators/check-estimator.js";
import { checkList, checkNumbers, checkOptions, checkSeed, checkSetting, checkWhole } from "../estimators/checks.js";
import { drawBatch } from "../estimators/episodes.js";
import { type Estimator, estimate } from "../estimators/estimator.js";
import { targetOf } from "../estimators/prediction.js";
import type { Setting } from "../estimators/setting.js";
import { inner, norm, square } from "../estimators/square.js";
import { predictionOf } from "../estimators/theory.js";
import { defaultRng } from "../random/index.js";
import { type CurveFigure, points } from "./figure.js";

/** How many batches of how many episodes are drawn. */
export interface ScatterOptions {
  readonly episodes: number;
  readonly batches: number;
  readonly seed: number | bigint;
}

/**
 * Estimates as points: along the true direction, and across it in the direction in which those of the first estimator scatter
 * most. The target is that of the first estimator, and all see the same batches.
 */
export function scatterFigure(
  estimators: readonly Estimator[],
  setting: Setting,
  options: ScatterOptions,
): CurveFigure {
  checkEstimators(estimators);
  checkWhole("estimators.length", estimators.length, 1);
  checkOptions(options, ["episodes", "batches", "seed"]);
  const { episodes, batches, seed } = options;
  checkSetting(setting);
  checkWhole("batches", batches, 2);
  checkSeed(seed);
  const rng = defaultRng(seed);
  const drawn = Array.from({ length: batches }, () => drawBatch(setting, episodes, rng));
  const clouds = estimators.map((estimator) => drawn.map((batch) => estimate(estimator, setting, batch)));
  const { target: name } = predictionOf(estimators[0], setting, episodes);
  const target = targetOf(setting, name);
  const { along, across } = scatterAxes(clouds[0], target);
  const length = inner(target, along);
  const arm = 0.2 * Math.sqrt(clouds[0].reduce((sum, one) => sum + square(one), 0) / batches);
  return {
    kind: "curves",
    name: "scatter",
    title: `Estimates from ${batches} batches of ${episodes} episodes`,
    caption: `Each point is the estimate of one batch. The cross is ${name} itself. Across it lies the direction in which ${estimators[0].name} scatters most, one of ${target.length - 1}.`,
    xLabel: `component along ${name}`,
    yLabel: "component across it",
    series: [
      ...estimators.map((estimator, i) =>
        points(
          estimator.name,
          clouds[i].map((one): [number, number] => [inner(one, along), inner(one, across)]),
        ),
      ),
      {
        label: `exact ${name}`,
        // A cross in one stroke, from left to right.
        x: [length - arm, length, length, length, length, length + arm],
        y: [0, 0, arm, -arm, 0, 0],
        colour: "#d02f2f",
      },
    ],
  };
}

/** Two directions of length 1 in which estimates are drawn. */
export interface ScatterAxes {
  /** That of the target. */
  readonly along: Float64Array;
  /** The one across it in which the estimates scatter most, or 0 if they scatter along it alone. */
  readonly across: Float64Array;
}

/**
 * The axes of a scatter of estimates.
 *
 * @throws ConfigError unless the estimates are vectors of the target's length
 */
export function scatterAxes(estimates: readonly Float64Array[], target: Float64Array): ScatterAxes {
  checkNumbers("target", target);
  checkList("estimates", estimates, "a list of estimates");
  for (const one of estimates) checkNumbers("estimates", one, target.length);
  const along = scaledTo(target, 1);
  return { along, across: estimates.length === 0 ? along.map(() => 0) : widest(estimates, along) };
}

function scaledTo(x: Float64Array, length: number): Float64Array {
  const factor = length / norm(x);
  return x.map((value) => value * factor);
}

/** The direction of largest spread across `along`, by repeated multiplication with the covariance. */
function widest(cloud: readonly Float64Array[], along: Float64Array): Float64Array {
  const mean = along.map((_, k) => cloud.reduce((sum, one) => sum + one[k], 0) / cloud.length);
  const rest = cloud.map((one) => {
    const difference = one.map((value, k) => value - mean[k]);
    const share = inner(difference, along);
    return difference.map((value, k) => value - share * along[k]);
  });
  const longest = rest.reduce((best, one) => (square(one) > square(best) ? one : best));
  if (square(longest) === 0) return along.map(() => 0);
  let direction = scaledTo(longest, 1);
  for (let i = 0; i < 50; i++) {
    const next = new Float64Array(along.length);
    for (const one of rest) {
      const share = inner(one, direction);
      for (let k = 0; k < next.length; k++) next[k] += share * one[k];
    }
    direction = scaledTo(next, 1);
  }
  return direction;
}
