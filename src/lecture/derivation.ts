/**
 * The derivation of the policy gradient, line by line, each line evaluated on the list of all episodes. From the third line
 * on no derivative of the world's probabilities is taken.
 */

import { ConfigError } from "../errors.js";
import { byDifferences, logProbabilitySlope, probabilityOf, scoreOf } from "../estimators/dynamics.js";
import { allEpisodes, batchOf, returnOf } from "../estimators/episodes.js";
import { estimate } from "../estimators/estimator.js";
import { estimatorNamed } from "../estimators/estimators.js";
import type { Setting } from "../estimators/setting.js";
import type { Trajectory } from "../tabular/trajectories.js";

/** One line: its formula, what was done to get it, and its value in logits. */
export interface DerivationLine {
  readonly formula: string;
  readonly step: string;
  readonly value: Float64Array;
}

/**
 * The lines for a table of logits in a world of a few episodes. All have the same value, by central differences where a line
 * says ∇ of something other than log π.
 *
 * @throws ConfigError if the world has endless or more than 400 episodes
 */
export function derivation(setting: Setting): readonly DerivationLine[] {
  const { world, parameters } = setting;
  const { logits } = parameters;
  const episodes = listed(setting);
  const returns = episodes.map((episode) => returnOf(episode, world.gamma));
  const creditedToGo = estimatorNamed("weighted");
  const slopeOfJ = byDifferences(
    (moved) => episodes.reduce((sum, episode, i) => sum + probabilityOf(world, moved, episode) * returns[i], 0),
    logits,
  );
  const slopes = episodes.map((episode) => byDifferences((moved) => probabilityOf(world, moved, episode), logits));
  const logSlopes = episodes.map((episode) => logProbabilitySlope(() => world, logits, episode));
  const sumOver = (vectorOf: (i: number) => Float64Array, factorOf: (i: number) => number): Float64Array => {
    const sum = new Float64Array(logits.length);
    episodes.forEach((_, i) => {
      const vector = vectorOf(i);
      const factor = factorOf(i);
      for (let k = 0; k < sum.length; k++) sum[k] += factor * vector[k];
    });
    return sum;
  };
  return [
    { formula: "∇ Σ P(τ) R(τ)", step: "the gradient of J, by differences of the whole sum", value: slopeOfJ },
    {
      formula: "Σ ∇P(τ) R(τ)",
      step: "the sum is finite, and R(τ) does not depend on θ",
      value: sumOver(
        (i) => slopes[i],
        (i) => returns[i],
      ),
    },
    {
      formula: "Σ P(τ) ∇log P(τ) R(τ)",
      step: "∇P = P ∇log P: an expectation again, which episodes can estimate",
      value: sumOver(
        (i) => logSlopes[i],
        (i) => episodes[i].probability * returns[i],
      ),
    },
    {
      formula: "Σ P(τ) Σₜ ∇log π(aₜ|sₜ) R(τ)",
      step: "log P(τ) = log ρ(s₀) + Σ log π + Σ log P(s′|s,a), and only log π depends on θ",
      value: sumOver(
        (i) => scoreOf(setting, episodes[i]),
        (i) => episodes[i].probability * returns[i],
      ),
    },
    {
      formula: "Σ P(τ) Σₜ γᵗ ∇log π(aₜ|sₜ) Gₜ",
      step: "rewards before t have expectation 0 beside ∇log π(aₜ|sₜ)",
      value: sumOver(
        (i) => estimate(creditedToGo, setting, batchOf([episodes[i]])),
        (i) => episodes[i].probability,
      ),
    },
    {
      formula: "Σₛ d(s) Σₐ ∇π(a|s) Q(s,a)",
      step: "the expectation of Gₜ given s and a is Q; d counts discounted visits",
      value: setting.gradient,
    },
  ];
}

function listed(setting: Setting): readonly Trajectory[] {
  const episodes = allEpisodes(setting);
  if (episodes !== undefined) return episodes;
  throw new ConfigError({
    field: "setting.world",
    given: setting.world.name,
    allowed: "a world whose episodes can be listed, such as chain",
  });
}
