/**
 * "The dynamics drop out": the gradient of log P(τ) of an episode is its score, Σ ∇log π, if the world's rules don't depend on the
 * policy. Both sides are computed without each other here, so that a world that reacts to its policy can be told apart.
 */

import { log } from "../kernels/maths.js";
import { objective } from "../tabular/gradient.js";
import { mdpOf } from "../tabular/mdp.js";
import { softmax, softmaxPolicy } from "../tabular/policies.js";
import { chain } from "./chain.js";
import { checkEpisode, checkFunction, checkNumbers, checkSetting, checkWorld } from "./checks.js";
import { batchOf, type Episode } from "./episodes.js";
import { ascent } from "./estimator.js";
import type { Setting } from "./setting.js";
import type { World } from "./world.js";

/** The rules of a world for a policy with these logits. */
export type Rules = (logits: Float64Array) => World;

/** Σ ∇log π of an episode, in the policy's parameters. */
export function scoreOf(setting: Setting, episode: Episode): Float64Array {
  checkSetting(setting);
  checkEpisode(episode);
  return ascent(new Float64Array(episode.actions.length).fill(1), setting, batchOf([episode]));
}

/** How many episodes have the same score in two settings, to the bit. */
export function sameScores(here: Setting, there: Setting, episodes: readonly Episode[], score = scoreOf): number {
  return episodes.filter((episode) => {
    const other = score(there, episode);
    return score(here, episode).every((slope, k) => Object.is(slope, other[k]));
  }).length;
}

/** The largest difference of ∇log P(τ) under these rules from the score, over episodes and logits. */
export function scoreGap(rules: Rules, setting: Setting, episodes: readonly Episode[], score = scoreOf): number {
  const gaps = episodes.flatMap((episode) => {
    const claimed = score(setting, episode);
    return [...logProbabilitySlope(rules, setting.world.logits, episode)].map((slope, k) =>
      Math.abs(slope - claimed[k]),
    );
  });
  return gaps.reduce((most, gap) => Math.max(most, gap), 0);
}

/** The probability of an episode that ends, as the product of all that has to happen. */
export function probabilityOf(world: World, logits: Float64Array, episode: Episode): number {
  checkWorld(world);
  checkNumbers("logits", logits, world.logits.length);
  checkEpisode(episode);
  const { table } = world;
  const { states, actions, rewards } = episode;
  const policy = softmaxPolicy(mdpOf(table), logits);
  let product = table.start[states[0]];
  actions.forEach((action, t) => {
    const isLast = t === actions.length - 1;
    const happened = table
      .outcomes(states[t], action)
      .filter(
        ({ state, reward, terminated }) => state === states[t + 1] && reward === rewards[t] && terminated === isLast,
      );
    product *= policy[states[t] * table.actions + action];
    product *= happened.reduce((sum, { probability }) => sum + probability, 0);
  });
  return product;
}

/** The gradient of a number by central differences in each logit: right to about 1e-10. */
export function byDifferences(of: (logits: Float64Array) => number, logits: Float64Array, step = 1e-5): Float64Array {
  return logits.map((_, k) => {
    const moved = (by: number): Float64Array => logits.map((logit, i) => (i === k ? logit + by : logit));
    return (of(moved(step)) - of(moved(-step))) / (2 * step);
  });
}

/** The gradient of log P(τ), by differences. */
export function logProbabilitySlope(rules: Rules, logits: Float64Array, episode: Episode): Float64Array {
  checkFunction("rules", rules);
  checkNumbers("logits", logits);
  checkEpisode(episode);
  return byDifferences((moved) => log(probabilityOf(rules(moved), moved, episode)), logits);
}

/** ∇J by differences, of the policy and of all rules that depend on it. */
export function objectiveSlope(rules: Rules, logits: Float64Array): Float64Array {
  checkFunction("rules", rules);
  checkNumbers("logits", logits);
  return byDifferences((moved) => {
    const world = rules(moved);
    checkWorld(world);
    const mdp = mdpOf(world.table);
    return objective(mdp, softmaxPolicy(mdp, moved), world);
  }, logits);
}

/** How fast success follows the policy in `watchedChain`. */
export const WATCHED = 0.5;

/**
 * The chain in a world that watches: the more likely the policy goes on from the first state, the more likely that succeeds. At
 * the chain's own logits all numbers are those of `chain`, so no data tells the two apart.
 */
export function watchedChain(logits: Float64Array): World {
  checkNumbers("logits", logits, chain().logits.length);
  const goesOn = (of: Float64Array): number => softmax(of.subarray(0, 2))[0];
  return chain(0.75 + WATCHED * (goesOn(logits) - goesOn(chain().logits)));
}
