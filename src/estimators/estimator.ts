/** An estimator of the policy gradient, described by the options of the algorithm whose update it is. */

import { type ReinforceAdvantageOptions, reinforceAdvantages } from "../algorithms/reinforce-advantages.js";
import { clipFactor } from "../optim/clip.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, gae, returnsToGo, wholeEpisodeReturns } from "../rollout/returns.js";
import { checkEstimator } from "./check-estimator.js";
import { checkBatch, checkSetting } from "./checks.js";
import { type Critic, isOfBatch, tableFor } from "./critics.js";
import type { EpisodeBatch } from "./episodes.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";

interface Described {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The largest norm of the gradient of a batch, as the option `maxGradNorm`. Default: no limit. */
  readonly maxGradNorm?: number | undefined;
  /** What is clipped: the gradient of the batch, as in training, or of each episode by itself. Default: the batch. */
  readonly clip?: "batch" | "episode" | undefined;
  /**
   * What a step is multiplied by if another policy μ acted: π/μ of the step, as in PPO, or the product of these ratios over the
   * episode. Default: nothing.
   */
  readonly ratio?: "step" | "episode" | undefined;
  /** Whether an episode that a time limit cuts is taken as over, so that nothing follows its last step. Default: false. */
  readonly limitIsEnd?: boolean | undefined;
}

/** An update of REINFORCE: the sum over steps and the mean over episodes of Aₜ ∇log π. */
export interface ReinforceEstimator extends Described {
  readonly algorithm: "reinforce";
  readonly options: ReinforceAdvantageOptions;
  /** For the baseline `value`. */
  readonly critic?: Critic | undefined;
}

/** An update by GAE(λ), as of `vpg`, `a2c`, the first step of `ppo` and, with λ = 0, of `actor-critic`. */
export interface GaeEstimator extends Described {
  readonly algorithm: "vpg";
  readonly options: { readonly lambda: number; readonly normaliseAdvantages: boolean };
  readonly critic: Critic;
  /**
   * What the sum over all steps is divided by. The algorithms divide by the number of steps. Divided by the number of
   * episodes, the sum estimates F itself, and not F divided by the mean length.
   */
  readonly per: "step" | "episode";
}

/** An estimator: an algorithm's name, its options, and where V comes from. */
export type Estimator = ReinforceEstimator | GaeEstimator;

/** What an estimator is meant to estimate: ∇J of the discounted objective, or F, the same without γᵗ. */
export function targetNameOf({ algorithm, options }: Estimator): "∇J" | "F" {
  return algorithm === "reinforce" && (options.returns === "whole-episode" || options.discountWeight) ? "∇J" : "F";
}

/** The estimate of one batch, in the policy's parameters: what gradient ascent would add per unit of the learning rate. */
export function estimate(estimator: Estimator, setting: Setting, batch: EpisodeBatch): Float64Array {
  const weights = stepWeights(estimator, setting, batch);
  const { maxGradNorm, clip } = estimator;
  const { segments } = batch;
  if (maxGradNorm === undefined) return ascent(weights, setting, batch);
  if (clip !== "episode") return limited(ascent(weights, setting, batch), maxGradNorm);
  const sum = new Float64Array(setting.parameters.size);
  for (const segment of segments) {
    // The weights hold 1/N, and the gradient of the episode alone is N times as large.
    const own = limited(ascent(weights, setting, batch, segment), maxGradNorm, segments.length);
    for (let k = 0; k < sum.length; k++) sum[k] += own[k];
  }
  return sum;
}

/** Σ weight · ∇log π over some steps of a batch, by default all. */
export function ascent(
  weights: Float64Array,
  { parameters, world, policy }: Pick<Setting, "parameters" | "world" | "policy">,
  { states, actions }: EpisodeBatch,
  { start, end }: { readonly start: number; readonly end: number } = { start: 0, end: weights.length },
): Float64Array {
  const choices = world.table.actions;
  const gradient = new Float64Array(parameters.logits.length);
  const perState = new Float64Array(world.table.states);
  for (let t = start; t < end; t++) {
    const state = states[t];
    gradient[state * choices + actions[t]] += weights[t];
    perState[state] += weights[t];
  }
  // ∂log π(a|s)/∂logit(s, b) = 1(a = b) − π(b|s)
  for (let state = 0; state < perState.length; state++) {
    if (perState[state] === 0) continue;
    for (let pair = state * choices; pair < (state + 1) * choices; pair++)
      gradient[pair] -= perState[state] * policy[pair];
  }
  return parameters.pulledBack(gradient);
}

/** What ∇log π(aₜ|sₜ) of each step is multiplied by: Aₜ/N, or Aₜ over the number of steps. */
export function stepWeights(estimator: Estimator, setting: Setting, batch: EpisodeBatch): Float64Array {
  checkEstimator(estimator);
  checkSetting(setting);
  checkBatch(batch);
  const weights = plainWeights(estimator, setting, batch);
  if (estimator.ratio === undefined || setting.acting === undefined) return weights;
  const { policy, acting } = setting;
  const { actions } = setting.world.table;
  const ratioOf = (t: number): number => {
    const pair = batch.states[t] * actions + batch.actions[t];
    return policy[pair] / acting.policy[pair];
  };
  for (const { start, end } of batch.segments) {
    let product = 1;
    for (let t = start; t < end; t++) {
      if (estimator.ratio === "step") weights[t] *= ratioOf(t);
      else product *= ratioOf(t);
    }
    for (let t = start; t < end; t++) weights[t] *= product;
  }
  return weights;
}

function plainWeights(estimator: Estimator, setting: Setting, batch: EpisodeBatch): Float64Array {
  const { gamma } = setting.world;
  const { rewards, segments } = batch;
  const following = estimator.limitIsEnd ? new Float64Array(segments.length) : followingOf(estimator, setting, batch);
  const ends = bootstrapValues(segments, following);
  if (estimator.algorithm === "reinforce") {
    const toGo = returnsToGo(rewards, segments, gamma, ends);
    const { options, critic } = estimator;
    const V = critic && valuesOf(critic, setting, batch, toGo, options.returns);
    const advantages = reinforceAdvantages(toGo, segments, options, gamma, V);
    return scaled(advantages, segments.length);
  }
  const { critic, options, per } = estimator;
  const toGo = critic === "fitted" ? returnsToGo(rewards, segments, gamma, ends) : ends;
  const V = valuesOf(critic, setting, batch, toGo, "to-go");
  const advantages = gae(rewards, V, segments, { gamma, lambda: options.lambda, finalValues: ends });
  if (options.normaliseAdvantages) normalise(advantages);
  return scaled(advantages, per === "step" ? rewards.length : segments.length);
}

/** V of the state in which each episode was cut, from a critic that is a table; 0 without one, as in training. */
function followingOf({ critic }: Estimator, setting: Setting, { finalStates }: EpisodeBatch): Float64Array {
  const table = tableFor(setting, critic);
  const following = new Float64Array(finalStates.length);
  for (let i = 0; i < following.length; i++) following[i] = table[finalStates[i]];
  return following;
}

function scaled(advantages: Float64Array, count: number): Float64Array {
  for (let t = 0; t < advantages.length; t++) advantages[t] /= count;
  return advantages;
}

/** V of each step. */
function valuesOf(
  critic: Critic,
  setting: Setting,
  { states, segments }: EpisodeBatch,
  toGo: Float64Array,
  returns: "to-go" | "whole-episode",
): Float64Array {
  const V = new Float64Array(states.length);
  if (!isOfBatch(critic)) {
    const table = tableFor(setting, critic);
    for (let t = 0; t < V.length; t++) V[t] = table[states[t]];
    return V;
  }
  switch (critic) {
    case "fitted": {
      const credited = returns === "to-go" ? toGo : wholeEpisodeReturns(toGo, segments);
      const sums = new Float64Array(setting.values.length);
      const counts = new Float64Array(setting.values.length);
      for (let t = 0; t < V.length; t++) {
        sums[states[t]] += credited[t];
        counts[states[t]]++;
      }
      for (let t = 0; t < V.length; t++) V[t] = sums[states[t]] / counts[states[t]];
      return V;
    }
    case "mean-of-episodes":
    case "other-episodes": {
      const N = segments.length;
      const total = segments.reduce((sum, { start }) => sum + toGo[start], 0);
      for (const { start, end } of segments)
        V.fill(critic === "mean-of-episodes" ? total / N : (total - toGo[start]) / (N - 1), start, end);
      return V;
    }
  }
}

/** Scales a gradient as `clipGradNorm` scales one that is `times` as large. */
function limited(gradient: Float64Array, maxNorm: number, times = 1): Float64Array {
  const factor = clipFactor(times * Math.sqrt(square(gradient)), maxNorm);
  return factor < 1 ? gradient.map((slope) => slope * factor) : gradient;
}
