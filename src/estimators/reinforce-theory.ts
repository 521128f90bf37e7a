/** What theory says of REINFORCE's estimators. */

import { atStart } from "./bellman.js";
import { hasVariance, tableFor } from "./critics.js";
import { type ReinforceEstimator, targetNameOf } from "./estimator.js";
import { gaeMoments } from "./moments.js";
import { episodeMeanSlope, fittedValueMean, meanBaselineSlope } from "./own-sample.js";
import { type Prediction, targetOf } from "./prediction.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";
import { returnPowers, wholeEpisodeMoments } from "./whole-episode.js";

/** Predicts the moments of an update of REINFORCE without clipping, for batches of N episodes. */
export function reinforcePrediction(estimator: ReinforceEstimator, setting: Setting, N: number): Prediction {
  const { options, critic } = estimator;
  const whole = options.returns === "whole-episode";
  const target = targetNameOf(estimator);
  const aim = targetOf(setting, target);
  const nothing: Prediction = { target, says: "nothing is left", mean: aim.map(() => 0), variance: 0 };
  if (options.normalise === "episode") return nothing;
  if (options.normalise === "batch") return { target, says: "biased: tends to the target over the returns' deviation" };
  switch (options.baseline) {
    case "mean": {
      const slope = options.discountWeight ? undefined : meanBaselineSlope(setting, N, options.returns);
      return { target, says: "biased by −∇E[b]/N", mean: slope && aim.map((value, k) => value - slope[k] / N) };
    }
    case "episode-mean": {
      if (whole) return nothing;
      const slope = options.discountWeight ? undefined : episodeMeanSlope(setting);
      return { target, says: "biased by −∇E[b] at every N", mean: slope && aim.map((value, k) => value - slope[k]) };
    }
    case "leave-one-out":
      return { target, says: "unbiased", mean: aim };
    case "none":
      return { target, says: "unbiased", mean: aim, variance: independent(estimator, setting, N) };
    case "value":
      break;
  }
  switch (critic) {
    case "fitted":
      return {
        target,
        says: "biased: V has seen the returns it judges",
        mean: whole || options.discountWeight ? undefined : fittedValueMean(setting, N),
      };
    case "other-episodes":
      return { target, says: "unbiased", mean: aim, variance: withOthers(estimator, setting, N) };
    case "mean-of-episodes": {
      if (options.discountWeight) return { target, says: "biased, and by no gradient" };
      const mean = aim.map((slope, k) => slope - setting.gradient[k] / N);
      // Of whole-episode returns it leaves what the mean of the other episodes leaves, times 1 − 1/N.
      const share = (1 - 1 / N) * (1 - 1 / N);
      const others = whole ? withOthers(estimator, setting, N) : undefined;
      return { target, says: "biased by −∇J/N", mean, variance: others && share * others };
    }
    default:
      return { target, says: "unbiased", mean: aim, variance: independent(estimator, setting, N) };
  }
}

/** The variance of estimates that average independent episodes. */
function independent({ options, critic }: ReinforceEstimator, setting: Setting, N: number): number | undefined {
  const { returns, discountWeight, baseline } = options;
  if (!hasVariance(setting)) return undefined;
  if (returns === "whole-episode") return baseline === "none" ? wholeEpisodeMoments(setting).variance / N : undefined;
  const values = tableFor(setting, baseline === "value" ? critic : "zero");
  return gaeMoments(setting, { lambda: 1, values, discountWeight }).variance / N;
}

/**
 * The variance with the mean G₀ of the other episodes as the baseline, N·tr = tr₁ + (E|X|² Var G₀ + |∇J|²)/(N − 1), where tr₁ is
 * that of one episode with the baseline J.
 */
function withOthers({ options }: ReinforceEstimator, setting: Setting, N: number): number | undefined {
  if (!hasVariance(setting) || options.discountWeight) return undefined;
  const J = setting.objective;
  const one =
    options.returns === "whole-episode"
      ? wholeEpisodeMoments(setting, J)
      : gaeMoments(setting, { lambda: 1, values: setting.values.map(() => J), discountWeight: false });
  const { G, XXG } = returnPowers(setting);
  const spread = atStart(setting, G[2]) - J * J;
  const scores = atStart(setting, XXG[0]);
  return (one.variance + (scores * spread + square(setting.gradient)) / (N - 1)) / N;
}
