/** What theory says of an estimator before anything is measured: its target, its mean and its variance. */

import { endless, identityMinus, policyTransitions } from "../tabular/evaluate.js";
import { visitation } from "../tabular/gradient.js";
import { solve } from "../tabular/solve.js";
import type { Critic, Estimator, GaeEstimator, ReinforceEstimator } from "./estimator.js";
import { gaeMoments, wholeEpisodeMoments } from "./moments.js";
import type { Setting } from "./setting.js";

/** A prediction for the mean of a batch of N episodes. */
export interface Prediction {
  /** What the estimator is meant to estimate: the gradient ∇J, or the field F without γᵗ. */
  readonly target: "∇J" | "F";
  /** One phrase. */
  readonly says: string;
  /** E[ĝ] in the policy's parameters, where theory has a formula. */
  readonly mean: Float64Array | undefined;
  /** The total variance for N episodes, where linear systems give it: for a table, and episodes that don't meet. */
  readonly variance: number | undefined;
}

/** The vector that a target's name stands for. */
export function targetOf(setting: Setting, target: Prediction["target"]): Float64Array {
  return target === "∇J" ? setting.gradient : setting.field;
}

/** Predicts the moments of an estimator for batches of N episodes. */
export function predictionOf(estimator: Estimator, setting: Setting, N: number): Prediction {
  const target = estimator.algorithm === "reinforce" && isDiscounted(estimator) ? "∇J" : "F";
  if (estimator.maxGradNorm !== undefined)
    return { target, says: "biased wherever it clips", mean: undefined, variance: undefined };
  return estimator.algorithm === "reinforce"
    ? reinforced(estimator, setting, N, target)
    : byErrors(estimator, setting, N);
}

function isDiscounted({ options }: ReinforceEstimator): boolean {
  return options.returns === "whole-episode" || options.discountWeight;
}

function reinforced(
  estimator: ReinforceEstimator,
  setting: Setting,
  N: number,
  target: Prediction["target"],
): Prediction {
  const { options, critic } = estimator;
  const whole = options.returns === "whole-episode";
  const aim = targetOf(setting, target);
  const open = (says: string): Prediction => ({ target, says, mean: undefined, variance: undefined });
  const known = (says: string, mean: Float64Array, variance?: number): Prediction => ({ target, says, mean, variance });
  if (options.normalise === "episode")
    return whole
      ? known(
          "nothing is left",
          aim.map(() => 0),
          0,
        )
      : open("biased at every N: only an episode's shape is left");
  if (options.normalise === "batch") return open("biased: tends to the target over the returns' deviation");
  switch (options.baseline) {
    case "mean":
      return open("biased by −∇E[b]/N");
    case "episode-mean":
      return whole
        ? known(
            "nothing is left",
            aim.map(() => 0),
            0,
          )
        : open("biased by −∇E[b] at every N");
    case "leave-one-out":
      return known("unbiased", aim);
    case "none":
      return known("unbiased", aim, variance(estimator, setting, undefined, N));
    case "value":
      break;
  }
  if (critic === "fitted") return open("biased: V has seen the returns it judges");
  if (critic === "other-episodes") return known("unbiased", aim);
  if (critic === "mean-of-episodes") {
    if (options.discountWeight) return open("biased, and by no gradient");
    return known(
      "biased by −∇J/N",
      aim.map((slope, k) => slope - setting.gradient[k] / N),
    );
  }
  return known("unbiased", aim, whole ? undefined : variance(estimator, setting, critic, N));
}

function byErrors(estimator: GaeEstimator, setting: Setting, N: number): Prediction {
  const { critic, options, per } = estimator;
  const target = "F";
  if (options.normaliseAdvantages)
    return { target, says: "biased: tends to F over the deviation", mean: undefined, variance: undefined };
  if (per === "step") return { target, says: "tends to F over the mean length", mean: undefined, variance: undefined };
  if (critic === "fitted" || critic === "mean-of-episodes" || critic === "other-episodes")
    return { target, says: "biased: V has seen the returns it judges", mean: undefined, variance: undefined };
  const bias = setting.parameters.pulledBack(criticBias(setting, errorOf(setting, critic), options.lambda));
  const isFree = options.lambda === 1 || critic === "exact";
  return {
    target,
    says: isFree ? "unbiased" : "biased by what V's error leads to",
    mean: setting.field.map((slope, k) => slope + bias[k]),
    variance: setting.parameters.isTable
      ? gaeMoments(setting, { lambda: options.lambda, values: tableOf(setting, critic), discountWeight: false })
          .variance / N
      : undefined,
  };
}

/** The exact variance of REINFORCE's estimates that average independent episodes. */
function variance(
  { options }: ReinforceEstimator,
  setting: Setting,
  critic: Critic | undefined,
  N: number,
): number | undefined {
  if (!setting.parameters.isTable) return undefined;
  if (options.returns === "whole-episode") return wholeEpisodeMoments(setting).variance / N;
  const values = tableOf(setting, critic ?? "zero");
  return gaeMoments(setting, { lambda: 1, values, discountWeight: options.discountWeight }).variance / N;
}

function tableOf({ values, wrongValues }: Setting, critic: Critic): Float64Array {
  if (critic === "exact") return values;
  return critic === "wrong" ? wrongValues : values.map(() => 0);
}

/** V̂ − V. */
function errorOf(setting: Setting, critic: Critic): Float64Array {
  return tableOf(setting, critic).map((value, s) => value - setting.values[s]);
}

/**
 * The bias of GAE(λ) with a critic V + e, in logits: d(s) π(a|s) (h(s, a) − Σ_b π(b|s) h(s, b)) with
 * h = (1 − λ) γ P (I − γλP_π)⁻¹ e. It is 0 for λ = 1, and for e = 0.
 */
export function criticBias(setting: Setting, error: Float64Array, lambda: number): Float64Array {
  const { mdp, policy, world } = setting;
  const { states, actions, transitions } = mdp;
  const ahead = solve(identityMinus(policyTransitions(mdp, policy), states, world.gamma * lambda), error);
  if (ahead === undefined) throw endless(world.gamma);
  const visits = visitation(mdp, policy, { gamma: 1 });
  const h = Float64Array.from({ length: states * actions }, (_, pair) => {
    let sum = 0;
    for (let next = 0; next < states; next++) sum += transitions[pair * states + next] * ahead[next];
    return (1 - lambda) * world.gamma * sum;
  });
  return h.map((value, pair) => {
    const s = Math.floor(pair / actions);
    let mean = 0;
    for (let b = 0; b < actions; b++) mean += policy[s * actions + b] * h[s * actions + b];
    return visits[s] * policy[pair] * (value - mean);
  });
}
