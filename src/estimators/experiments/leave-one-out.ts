/** Leave-one-out against no baseline. */

import { canEnumerate, enumerated } from "../enumerate.js";
import type { Estimator } from "../estimator.js";
import { estimatorNamed } from "../estimators.js";
import type { Setting } from "../setting.js";
import { predictionOf } from "../theory.js";
import { claimed, type Experiment, type Finding, found, predicted } from "./experiment.js";

const [whole, others] = ["whole", "whole-others"].map(estimatorNamed);
const MOST_EPISODES = 1000;

/** N times the variance, and from which N on the mean of the others helps. */
export const leaveOneOut: Experiment = {
  name: "leave-one-out",
  summary: "the mean of few other episodes is noisy itself: leave-one-out is worse than no baseline in small batches",
  world: "chain",

  run(setting) {
    const variance = (estimator: Estimator, N: number): number =>
      N * (predictionOf(estimator, setting, N).variance ?? Number.NaN);
    const none = variance(whole, 2);
    let first = 2;
    while (first < MOST_EPISODES && variance(others, first) >= none) first++;
    return [
      found("N · variance, no baseline", none),
      ...[2, 3, 4].flatMap((N) => byEnumeration(setting, N, variance(others, N))),
      ...[8, 16, 32].map((N) => found(`N · variance, mean of the others, N = ${N}`, variance(others, N))),
      ...(first === MOST_EPISODES
        ? [found("least N at which the others help: beyond", MOST_EPISODES)]
        : [claimed("least N at which the others help", first, first === 2 || variance(others, first - 1) >= none)]),
    ];
  },
};

function byEnumeration(setting: Setting, N: number, theory: number): Finding[] {
  const what = `N · variance, mean of the others, N = ${N}`;
  if (!canEnumerate(setting, N)) return [found(what, theory)];
  return [predicted(what, N * enumerated([others], setting, N)[0].variance, theory)];
}
