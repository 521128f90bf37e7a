/**
 * PPO's later steps on one batch. The first step is an estimate of F. A later one, at θ₁ = θ + α·(the sum of the steps before), is
 * not: its mean differs from F(θ₁) by three shares,
 *
 *   reuse        ∇L of the batch − ∇L of the population: θ₁ depends on the very batch that it is judged by
 *   surrogate    ∇L of the population − F(θ₁): L counts visits, and what follows, as the old policy had them
 *   clipping     what is left out where the ratio has moved by more than ε
 *
 * with L(θ₁) = E[Σ ρA], ρ = π₁/π, and A fixed.
 */

import { ConfigError } from "../errors.js";
import { requireKnown } from "../options.js";
import { evaluatePolicy } from "../tabular/evaluate.js";
import { policyGradient, slopesByLogit, visitation } from "../tabular/gradient.js";
import { softmaxPolicy } from "../tabular/policies.js";
import { checkEstimator } from "./check-estimator.js";
import { checkReal, checkSetting, checkWhole } from "./checks.js";
import { momentsOf } from "./enumerate.js";
import type { EpisodeBatch } from "./episodes.js";
import { ascent, type Estimator, stepWeights } from "./estimator.js";
import { perSetting, type Setting } from "./setting.js";

/** The settings of `laterStep`. */
export interface LaterStepOptions {
  /** Whose advantages PPO uses. */
  readonly estimator: Estimator;
  /** α, of plain gradient ascent. */
  readonly learningRate: number;
  /** ε. Infinity for no clipping. */
  readonly clipRange: number;
  /** How many steps on the batch come before the one that is measured. Default: 1. */
  readonly before?: number | undefined;
}

/** Means over all batches, in logits. */
export interface LaterStep {
  /** E[ĝ] of the step. */
  readonly mean: Float64Array;
  /** E[F(θ₁)]. */
  readonly field: Float64Array;
  readonly reuse: Float64Array;
  readonly surrogate: Float64Array;
  readonly clipping: Float64Array;
}

/**
 * The gradient of Σ min(ρA, clip(ρ, 1 ± ε)A) by ρ: A, or 0 where the clipped side is the smaller one.
 */
function clippedSlope(ratio: number, A: number, epsilon: number): number {
  const isClipped = A > 0 ? ratio > 1 + epsilon : ratio < 1 - epsilon;
  return isClipped ? 0 : A;
}

/** One gradient of PPO's gain on a batch, at other logits than those that acted, with `weights` for A/N. */
function gradientAt(
  setting: Setting,
  batch: EpisodeBatch,
  {
    logits,
    weights,
    clipRange,
  }: { readonly logits: Float64Array; readonly weights: Float64Array; readonly clipRange: number },
): Float64Array {
  const { mdp, policy } = setting;
  const moved = softmaxPolicy(mdp, logits);
  const slopes = weights.map((weight, t) => {
    const pair = batch.states[t] * mdp.actions + batch.actions[t];
    const ratio = moved[pair] / policy[pair];
    return ratio * clippedSlope(ratio, weight, clipRange);
  });
  return ascent(slopes, { ...setting, policy: moved }, batch);
}

/** d₁(s) and A(s, a) of the old policy. They are the same for all batches. */
const ofOldPolicy = perSetting(({ mdp, policy, world, values }) => {
  const { actionValues } = evaluatePolicy(mdp, policy, world);
  return {
    visits: visitation(mdp, policy, { gamma: 1 }),
    advantages: actionValues.map((value, pair) => value - values[Math.floor(pair / mdp.actions)]),
  };
});

/** ∇L of the population at other logits: Σ d₁(s) π₁(a|s) (A(s, a) − Σ_b π₁(b|s) A(s, b)), with visits and A of the old policy. */
function surrogateGradient(setting: Setting, logits: Float64Array): Float64Array {
  const { visits, advantages } = ofOldPolicy(setting);
  return slopesByLogit({ weights: visits, policy: softmaxPolicy(setting.mdp, logits), of: advantages });
}

/**
 * A later step of PPO on all batches of N episodes, with plain gradient ascent in place of Adam.
 *
 * @throws ConfigError unless the policy is a table, or if there are more than 30,000 batches
 */
export function laterStep(setting: Setting, N: number, options: LaterStepOptions): LaterStep {
  checkSetting(setting);
  requireKnown(options, ["estimator", "learningRate", "clipRange", "before"]);
  const { estimator, learningRate, clipRange, before = 1 } = options;
  checkEstimator(estimator);
  checkReal("learningRate", learningRate, { min: 0 });
  checkWhole("before", before, 0);
  if (typeof clipRange !== "number" || !(clipRange > 0))
    throw new ConfigError({ field: "clipRange", given: clipRange, allowed: "a number above 0" });
  const { parameters, mdp, world } = setting;
  if (!parameters.isTable)
    throw new ConfigError({ field: "policy", given: parameters.name, allowed: "a table of logits, for steps of PPO" });
  const shares = (batch: EpisodeBatch): Float64Array => {
    const weights = stepWeights(estimator, setting, batch);
    let logits = parameters.logits;
    for (let step = 0; step < before; step++) {
      const gradient = gradientAt(setting, batch, { logits, weights, clipRange });
      logits = logits.map((logit, k) => logit + learningRate * gradient[k]);
    }
    const clipped = gradientAt(setting, batch, { logits, weights, clipRange });
    const free = gradientAt(setting, batch, { logits, weights, clipRange: Number.POSITIVE_INFINITY });
    const field = policyGradient(mdp, logits, { gamma: world.gamma, visitGamma: 1 });
    return Float64Array.of(...clipped, ...free, ...surrogateGradient(setting, logits), ...field);
  };
  const [{ mean }] = momentsOf([shares], setting, N);
  const size = parameters.logits.length;
  const [clipped, free, population, field] = [0, 1, 2, 3].map((i) => mean.subarray(i * size, (i + 1) * size));
  const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, k) => value - b[k]);
  return {
    mean: clipped,
    field,
    reuse: difference(free, population),
    surrogate: difference(population, field),
    clipping: difference(clipped, free),
  };
}
