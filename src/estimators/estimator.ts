/** An estimator of the policy gradient, described by the options of the algorithm whose update it is. */

import { type ReinforceAdvantageOptions, reinforceAdvantages } from "../algorithms/reinforce-advantages.js";
import { clipFactor } from "../optim/clip.js";
import { normalise } from "../rollout/normalise.js";
import { gae, returnsToGo, wholeEpisodeReturns } from "../rollout/returns.js";
import type { EpisodeBatch } from "./episodes.js";
import type { Setting } from "./setting.js";
import { square } from "./square.js";

/**
 * Where V comes from: the exact values, the world's wrong critic V + e, 0 as of an untrained one, or the mean return of each
 * state in the very batch. The last two are numbers for each episode that are subtracted in place of V: the mean return G₀ of
 * all episodes, or of the other ones.
 */
export type Critic = "exact" | "wrong" | "zero" | "fitted" | "mean-of-episodes" | "other-episodes";

interface Described {
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** The largest norm of the gradient of a batch, as the option `maxGradNorm`. Default: no limit. */
  readonly maxGradNorm?: number | undefined;
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

/** The estimate of one batch, in the policy's parameters: what gradient ascent would add per unit of the learning rate. */
export function estimate(estimator: Estimator, setting: Setting, batch: EpisodeBatch): Float64Array {
  const { parameters, world } = setting;
  const { actions } = world.table;
  const weights = stepWeights(estimator, setting, batch);
  const gradient = new Float64Array(parameters.logits.length);
  const perState = new Float64Array(world.table.states);
  for (let t = 0; t < weights.length; t++) {
    const state = batch.states[t];
    gradient[state * actions + batch.actions[t]] += weights[t];
    perState[state] += weights[t];
  }
  // ∂log π(a|s)/∂logit(s, b) = 1(a = b) − π(b|s)
  for (let state = 0; state < perState.length; state++) {
    if (perState[state] === 0) continue;
    for (let pair = state * actions; pair < (state + 1) * actions; pair++)
      gradient[pair] -= perState[state] * setting.policy[pair];
  }
  const pulled = parameters.pulledBack(gradient);
  return estimator.maxGradNorm === undefined ? pulled : limited(pulled, estimator.maxGradNorm);
}

/** What ∇log π(aₜ|sₜ) of each step is multiplied by: Aₜ/N, or Aₜ over the number of steps. */
export function stepWeights(estimator: Estimator, setting: Setting, batch: EpisodeBatch): Float64Array {
  const { gamma } = setting.world;
  const { rewards, segments } = batch;
  const ends = new Float64Array(segments.length);
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

function scaled(advantages: Float64Array, count: number): Float64Array {
  for (let t = 0; t < advantages.length; t++) advantages[t] /= count;
  return advantages;
}

/** V of each step. */
function valuesOf(
  critic: Critic,
  { values, wrongValues }: Pick<Setting, "values" | "wrongValues">,
  { states, segments }: EpisodeBatch,
  toGo: Float64Array,
  returns: "to-go" | "whole-episode",
): Float64Array {
  const V = new Float64Array(states.length);
  switch (critic) {
    case "zero":
      return V;
    case "exact":
    case "wrong": {
      const table = critic === "exact" ? values : wrongValues;
      for (let t = 0; t < V.length; t++) V[t] = table[states[t]];
      return V;
    }
    case "fitted": {
      const credited = returns === "to-go" ? toGo : wholeEpisodeReturns(toGo, segments);
      const sums = new Float64Array(values.length);
      const counts = new Float64Array(values.length);
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

/** Scales a gradient as `clipGradNorm` does. */
function limited(gradient: Float64Array, maxNorm: number): Float64Array {
  const factor = clipFactor(Math.sqrt(square(gradient)), maxNorm);
  return factor < 1 ? gradient.map((slope) => slope * factor) : gradient;
}
