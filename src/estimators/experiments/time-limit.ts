/** Episodes that a time limit cuts: what is left of the gradient if the limit is taken for an end, and with V after it. */

import { enumerated } from "../enumerate.js";
import type { Estimator } from "../estimator.js";
import { ESTIMATORS } from "../estimators.js";
import { distance, norm } from "../square.js";
import { predictionOf } from "../theory.js";
import { LIMIT_ESTIMATORS, unrolled, withTimeLimit } from "../time-limit.js";
import { type Experiment, predicted } from "./experiment.js";

const LIMIT = 5;

/** The four cases that the formulas are about: whole-episode returns and returns to go, without and with V after the limit. */
const NAMES = ["whole", "whole-value", "to-go", "value", "value-ended", "gae-ended"];

/** Distances from ∇J, and from F over the steps before the limit. */
export const timeLimit: Experiment = {
  name: "time-limit",
  summary: `a limit of ${LIMIT} steps taken for an end: V of the last state repairs a part`,
  world: "loop",

  run(setting) {
    const limited = withTimeLimit(setting, LIMIT);
    const estimators: readonly Estimator[] = [...ESTIMATORS, ...LIMIT_ESTIMATORS].filter(({ name }) =>
      NAMES.includes(name),
    );
    // F over the first steps only, with advantages that know of all that follows.
    const { field } = unrolled(setting, LIMIT, setting.values);
    const moments = enumerated(estimators, limited, 1);
    return estimators.flatMap((estimator, i) => {
      const { target, mean: expected } = predictionOf(estimator, limited, 1);
      const aim = target === "∇J" ? setting.gradient : field;
      const share = (mean: Float64Array): number => distance(mean, aim) / norm(aim);
      if (expected === undefined) return [];
      const of = target === "∇J" ? "∇J" : `F of the first ${LIMIT} steps`;
      return [predicted(`${estimator.name}: distance from ${of}, relative`, share(moments[i].mean), share(expected))];
    });
  },
};
