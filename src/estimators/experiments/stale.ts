/** A batch of another policy: three weightings and what they miss. */

import { allEpisodes } from "../episodes.js";
import { type Measurement, measure } from "../measure.js";
import { targetOf } from "../prediction.js";
import type { Setting } from "../setting.js";
import { distance, norm } from "../square.js";
import { effectiveShare, STALE_ESTIMATORS, staleSetting } from "../stale.js";
import { type Experiment, type Finding, found } from "./experiment.js";

/** How much larger the acting policy's logits of the first action are. */
const SHIFT = 0.5;

/** Without ratios, with the ratio of the step, and with products of ratios. */
export const stale: Experiment = {
  name: "stale",
  summary: "a batch of an older policy: only products of ratios are unbiased",
  world: "chain",

  run(setting, { episodes, seed }) {
    const older = staleSetting(setting, SHIFT);
    const all = allEpisodes(older);
    return [
      ...measure(STALE_ESTIMATORS, older, { episodes, seed }).flatMap((one) => biasOf(one, older)),
      ...(all === undefined
        ? []
        : [found("effective share of the episodes, with products of ratios", effectiveShare(older, all))]),
    ];
  },
};

/** |bias| over |target|, beside what theory says. */
function biasOf({ estimator, prediction, exact, sampled, agreement }: Measurement, setting: Setting): Finding[] {
  const mean = exact?.mean ?? sampled?.mean;
  if (mean === undefined) return [];
  const target = targetOf(setting, prediction.target);
  const share = (of: Float64Array): number => distance(of, target) / norm(target);
  return [
    {
      what: `${estimator.name}, ${estimator.summary}: |bias|/|${prediction.target}|`,
      value: share(mean),
      theory: prediction.mean && share(prediction.mean),
      holds: agreement !== "fails",
    },
  ];
}
