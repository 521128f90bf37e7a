/** What theory says of estimators by GAE(λ). */

import { slopesByLogit, visitation } from "../tabular/gradient.js";
import { solved } from "./bellman.js";
import { checkNumbers, checkReal, checkSetting } from "./checks.js";
import { hasVariance, isOfBatch, tableFor } from "./critics.js";
import type { GaeEstimator } from "./estimator.js";
import { gaeMoments } from "./moments.js";
import { perStepMean } from "./own-sample.js";
import type { Prediction } from "./prediction.js";
import type { Setting } from "./setting.js";
import { squaredDistance } from "./square.js";

/** Predicts the moments of an update by GAE(λ) without clipping, for batches of N episodes. */
export function gaePrediction({ critic, options, per }: GaeEstimator, setting: Setting, N: number): Prediction {
  const target = "F";
  if (options.normaliseAdvantages) return { target, says: "biased: tends to F over the deviation" };
  if (isOfBatch(critic)) return { target, says: "biased: V has seen the returns it judges" };
  const { lambda } = options;
  const values = tableFor(setting, critic);
  if (per === "step")
    return { target, says: "tends to F over the mean length", mean: perStepMean(setting, N, { lambda, values }) };
  const error = values.map((value, s) => value - setting.values[s]);
  const bias = setting.parameters.pulledBack(criticBias(setting, error, lambda));
  return {
    target,
    says: lambda === 1 || critic === "exact" ? "unbiased" : "biased by what V's error leads to",
    mean: setting.field.map((slope, k) => slope + bias[k]),
    variance: hasVariance(setting)
      ? gaeMoments(setting, { lambda, values, discountWeight: false }).variance / N
      : undefined,
  };
}

/**
 * The bias of GAE(λ) with a critic V + e, in logits: d(s) π(a|s) (h(s, a) − Σ_b π(b|s) h(s, b)) with
 * h = (1 − λ) γ P (I − γλP_π)⁻¹ e. It is 0 for λ = 1, and for e = 0.
 */
export function criticBias(setting: Setting, error: Float64Array, lambda: number): Float64Array {
  checkSetting(setting);
  checkNumbers("error", error, setting.mdp.states);
  checkReal("lambda", lambda, { min: 0, max: 1 });
  const { mdp, policy, world } = setting;
  const { states, actions, transitions } = mdp;
  const ahead = solved(setting, world.gamma * lambda, error);
  const visits = visitation(mdp, policy, { gamma: 1 });
  const h = Float64Array.from({ length: states * actions }, (_, pair) => {
    let sum = 0;
    for (let next = 0; next < states; next++) sum += transitions[pair * states + next] * ahead[next];
    return (1 - lambda) * world.gamma * sum;
  });
  return slopesByLogit({ weights: visits, policy, of: h });
}

/** GAE(λ) with the world's wrong critic, for one λ: bias² and the variance of one episode's estimate. */
export interface ErrorAt {
  readonly lambda: number;
  readonly biasSquared: number;
  readonly variance: number;
}

/** The errors for λ = 0, 1/steps, …, 1, by linear systems. */
export function errorsOverLambda(setting: Setting, steps: number): readonly ErrorAt[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const lambda = i / steps;
    const { mean, variance } = gaeMoments(setting, { lambda, values: setting.wrongValues, discountWeight: false });
    return { lambda, variance, biasSquared: squaredDistance(mean, setting.field) };
  });
}
