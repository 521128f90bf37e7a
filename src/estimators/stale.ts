/** Batches of another policy μ: what estimators make of them. */

import { evaluatePolicy } from "../tabular/evaluate.js";
import { visitation } from "../tabular/gradient.js";
import { checkReal, checkSetting } from "./checks.js";
import { isOfBatch, tableFor } from "./critics.js";
import { type Estimator, targetNameOf } from "./estimator.js";
import { reinforce, WEIGHTED } from "./estimators.js";
import { logitTable } from "./parametrisation.js";
import { type Prediction, targetOf } from "./prediction.js";
import { scoresOf } from "./scores.js";
import { type Setting, settingOf } from "./setting.js";

/** The same policy, with batches of one whose logits of the first action are larger by `shift` in every state. @throws ConfigError unless that is a number */
export function staleSetting(setting: Setting, shift: number): Setting {
  checkSetting(setting);
  checkReal("shift", shift);
  const { world, parameters, mdp } = setting;
  const acting = parameters.logits.map((logit, pair) => logit + (pair % mdp.actions === 0 ? shift : 0));
  return { ...setting, acting: settingOf(world, logitTable(acting, "acting")) };
}

/** The weights for stale batches, on γᵗ times the return to go: none, with V of the acting policy, and two kinds of ratios. */
export const STALE_ESTIMATORS: readonly Estimator[] = [
  reinforce("stale", "as if the policy had acted itself", WEIGHTED),
  reinforce("stale-value", "the same minus V of the policy that acted", WEIGHTED, "acting"),
  { ...reinforce("stale-step", "times the ratio of the step, as in PPO", WEIGHTED), ratio: "step" },
  { ...reinforce("stale-episode", "times the product of the ratios over the episode", WEIGHTED), ratio: "episode" },
];

/**
 * What theory says of an estimator on batches of μ. Products of ratios are unbiased. With the ratio of the step, the mean is
 * Σ d_μ(s) π(a|s) (Q_μ(s, a) − b(s)) ∇log π(a|s), and without one the same with μ(a|s) in place of π(a|s).
 */
export function stalePrediction(estimator: Estimator, setting: Setting, acting: Setting): Prediction {
  if (estimator.algorithm !== "reinforce") return { target: "F", says: "open on batches of another policy" };
  const { options, ratio, critic } = estimator;
  const target = targetNameOf(estimator);
  const isPlain = options.normalise === "none" && (options.baseline === "none" || options.baseline === "value");
  if (!isPlain || (critic !== undefined && isOfBatch(critic)))
    return { target, says: "open on batches of another policy" };
  if (ratio === "episode") return { target, says: "unbiased", mean: targetOf(setting, target) };
  if (options.returns === "whole-episode") return { target, says: "biased by the other policy's actions" };
  const { mdp, policy, world } = setting;
  const { gamma } = world;
  const visits = visitation(mdp, acting.policy, { gamma: options.discountWeight ? gamma : 1 });
  const { actionValues } = evaluatePolicy(mdp, acting.policy, { gamma });
  const baseline = tableFor(setting, options.baseline === "value" ? critic : "zero");
  const chosen = ratio === "step" ? policy : acting.policy;
  const { rows, width } = scoresOf(setting);
  const mean = new Float64Array(width);
  rows.forEach((x, pair) => {
    const s = Math.floor(pair / mdp.actions);
    const weight = visits[s] * chosen[pair] * (actionValues[pair] - baseline[s]);
    for (let k = 0; k < width; k++) mean[k] += weight * x[k];
  });
  const says = ratio === "step" ? "biased once π changes which states are met" : "biased by the other policy's actions";
  return { target, says, mean };
}

/** n times this is the effective number of n episodes weighed by products of ratios: 1/E_μ[(Π π/μ)²]. */
export function effectiveShare(
  setting: Setting,
  episodes: readonly {
    readonly states: readonly number[];
    readonly actions: readonly number[];
    readonly probability: number;
  }[],
): number {
  const { policy, acting, mdp } = setting;
  if (acting === undefined) return 1;
  const second = episodes.reduce((sum, { states, actions, probability }) => {
    const product = actions.reduce((ratio, action, t) => {
      const pair = states[t] * mdp.actions + action;
      return (ratio * policy[pair]) / acting.policy[pair];
    }, 1);
    return sum + probability * product * product;
  }, 0);
  return 1 / second;
}
