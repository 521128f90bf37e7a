/** What theory says of an estimator before anything is measured: its target, its mean and its variance. */

import { checkEstimator } from "./check-estimator.js";
import { checkSetting, checkWhole } from "./checks.js";
import { enumerated } from "./enumerate.js";
import { allEpisodes } from "./episodes.js";
import { type Estimator, targetNameOf } from "./estimator.js";
import { gaePrediction } from "./gae-theory.js";
import { type Prediction, targetOf } from "./prediction.js";
import { reinforcePrediction } from "./reinforce-theory.js";
import type { Setting } from "./setting.js";
import { stalePrediction } from "./stale.js";
import { unrolledFor } from "./time-limit.js";

/** Predicts the moments of an estimator for batches of N episodes. */
export function predictionOf(estimator: Estimator, setting: Setting, N: number): Prediction {
  checkEstimator(estimator);
  checkSetting(setting);
  checkWhole("N", N, 1);
  if (setting.acting !== undefined) return stalePrediction(estimator, setting, setting.acting);
  const limited = unrolledFor(estimator, setting);
  if (limited !== undefined) {
    const [inside, unrolled] = limited;
    const prediction = predictionOf(inside, unrolled, N);
    const aim = targetOf(unrolled, prediction.target);
    // A V that is fitted to states does not tell their times apart, as states of the unrolled world do.
    return estimator.critic === "fitted" ? { ...prediction, aim, mean: undefined } : { ...prediction, aim };
  }
  const target = targetNameOf(estimator);
  if (estimator.maxGradNorm !== undefined) {
    if (estimator.clip !== "episode") return { target, says: "biased wherever it clips" };
    return { target, says: "biased wherever it clips, at every N", ...ofOneEpisode(estimator, setting, N) };
  }
  if (estimator.algorithm === "vpg") return gaePrediction(estimator, setting, N);
  if (estimator.options.normalise === "episode" && estimator.options.returns === "to-go")
    return {
      target,
      says: "biased at every N: only an episode's shape is left",
      ...ofOneEpisode(estimator, setting, N),
    };
  return reinforcePrediction(estimator, setting, N);
}

/** Episodes that don't meet: the mean of one episode at every N, and 1/N of its variance. By enumeration of one. */
function ofOneEpisode(estimator: Estimator, setting: Setting, N: number): Pick<Prediction, "mean" | "variance"> {
  if (allEpisodes(setting) === undefined) return {};
  const [{ mean, variance }] = enumerated([estimator], setting, 1);
  return { mean, variance: variance / N };
}
