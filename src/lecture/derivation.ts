/**
 * The derivation of the policy gradient, line by line, each line evaluated on the list of all episodes. From the third line
 * on no derivative of the world's probabilities is taken.
 */

import { ConfigError } from "../errors.js";
import { byDifferences, scoreOf } from "../estimators/dynamics.js";
import { allEpisodes } from "../estimators/episodes.js";
import type { Setting } from "../estimators/setting.js";
import { log } from "../kernels/maths.js";
import { softmaxPolicy } from "../tabular/policies.js";
import { type Trajectory, trajectories } from "../tabular/trajectories.js";
import { addScore, returnOf } from "./score.js";

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
  const { world, mdp, policy, parameters } = setting;
  const { gamma, table } = world;
  const { actions } = mdp;
  const episodes = listed(setting);
  const returns = episodes.map(({ rewards }) => returnOf(rewards, gamma));
  const played = (logits: Float64Array): Trajectory[] => [
    ...trajectories(table, softmaxPolicy(mdp, logits), { maxSteps: LONGEST }),
  ];
  const slopeOf = (number: (played: readonly Trajectory[]) => number): Float64Array =>
    byDifferences((logits) => number(played(logits)), parameters.logits);
  const slopeOfJ = slopeOf((all) => all.reduce((sum, { probability }, i) => sum + probability * returns[i], 0));
  const slopes = episodes.map((_, i) => slopeOf((all) => all[i].probability));
  const logSlopes = episodes.map((_, i) => slopeOf((all) => log(all[i].probability)));
  const sumOver = (vectorOf: (i: number) => Float64Array, factorOf: (i: number) => number): Float64Array => {
    const sum = new Float64Array(policy.length);
    episodes.forEach((_, i) => {
      const vector = vectorOf(i);
      const factor = factorOf(i);
      for (let k = 0; k < sum.length; k++) sum[k] += factor * vector[k];
    });
    return sum;
  };
  const toGo = new Float64Array(policy.length);
  for (const { probability, states, actions: taken, rewards } of episodes)
    taken.forEach((action, t) => {
      let discount = probability;
      for (let k = 0; k < t; k++) discount *= gamma;
      addScore(toGo, { policy, actions }, { state: states[t], action }, discount * returnOf(rewards.slice(t), gamma));
    });
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
      value: toGo,
    },
    {
      formula: "Σₛ d(s) Σₐ ∇π(a|s) Q(s,a)",
      step: "the expectation of Gₜ given s and a is Q; d counts discounted visits",
      value: setting.gradient,
    },
  ];
}

/** As in `allEpisodes`, so that both list the same episodes in the same order. */
const LONGEST = 32;

function listed(setting: Setting): readonly Trajectory[] {
  const episodes = allEpisodes(setting);
  if (episodes !== undefined) return episodes;
  throw new ConfigError({
    field: "setting.world",
    given: setting.world.name,
    allowed: "a world whose episodes can be listed, such as chain",
  });
}
