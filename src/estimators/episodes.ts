/** Batches of whole episodes in a known world: drawn, or put together from the list of all possible episodes. */

import { drawIndex, drawOutcome } from "../envs/tabular.js";
import { ConfigError } from "../errors.js";
import type { Generator } from "../random/index.js";
import type { Segment } from "../rollout/batch.js";
import { type Trajectory, trajectories } from "../tabular/trajectories.js";
import {
  checkEpisode,
  checkFields,
  checkFunction,
  checkList,
  checkSetting,
  checkTrajectories,
  checkWhole,
} from "./checks.js";
import type { Setting } from "./setting.js";

/** The columns that estimators read, one row a step, episode after episode. */
export interface EpisodeBatch {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  readonly rewards: Float64Array;
  readonly segments: readonly Segment[];
  /** The state after each episode's last step. */
  readonly finalStates: readonly number[];
}

/** One episode: s₀ … s_T, a₀ … a_{T−1}, r₀ … r_{T−1}, and whether a time limit cut it. */
export type Episode = Pick<Trajectory, "states" | "actions" | "rewards"> & Partial<Pick<Trajectory, "truncated">>;

/** R(τ) = Σ γᵗ rₜ. */
export function returnOf({ rewards }: Pick<Episode, "rewards">, gamma: number): number {
  return rewards.reduceRight((following, reward) => reward + gamma * following, 0);
}

/** Joins episodes into a batch. */
export function batchOf(episodes: readonly Episode[]): EpisodeBatch {
  checkList("episodes", episodes, "a list of episodes");
  if (episodes.length === 0) throw new ConfigError({ field: "episodes", given: episodes, allowed: "at least one" });
  const states: number[] = [];
  const actions: number[] = [];
  const rewards: number[] = [];
  const segments = episodes.map((episode): Segment => {
    checkEpisode(episode);
    const start = actions.length;
    for (let t = 0; t < episode.actions.length; t++) {
      states.push(episode.states[t]);
      actions.push(episode.actions[t]);
      rewards.push(episode.rewards[t]);
    }
    const truncated = episode.truncated ?? false;
    return { start, end: actions.length, terminated: !truncated, truncated };
  });
  const finalStates = episodes.map((episode) => episode.states.at(-1) ?? 0);
  return { states, actions, rewards: Float64Array.from(rewards), segments, finalStates };
}

/** An episode longer than this is taken for endless. */
const ENDLESS = 1_000_000;

/** Plays `count` episodes to their ends. @throws ConfigError if an episode does not end within a million steps */
export function drawBatch(setting: Setting, count: number, rng: Generator): EpisodeBatch {
  checkSetting(setting);
  checkWhole("count", count, 1);
  checkFields("rng", rng, ["random"], "a generator, of defaultRng()");
  const { table, timeLimit = Number.POSITIVE_INFINITY } = setting.world;
  const { policy } = setting.acting ?? setting;
  const states: number[] = [];
  const actions: number[] = [];
  const rewards: number[] = [];
  const segments: Segment[] = [];
  const finalStates: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = states.length;
    let state = drawIndex(table.start, rng);
    let terminated = false;
    while (!terminated && states.length - start < timeLimit) {
      if (states.length - start === ENDLESS)
        throw new ConfigError({ field: "world", given: "an episode of a million steps", allowed: "episodes that end" });
      const action = drawAction(policy, state, table.actions, rng);
      const outcome = drawOutcome(table.outcomes(state, action), rng);
      states.push(state);
      actions.push(action);
      rewards.push(outcome.reward);
      state = outcome.state;
      terminated = outcome.terminated;
    }
    segments.push({ start, end: states.length, terminated, truncated: !terminated });
    finalStates.push(state);
  }
  return { states, actions, rewards: Float64Array.from(rewards), segments, finalStates };
}

function drawAction(policy: Float64Array, state: number, actions: number, rng: Generator): number {
  const uniform = rng.random();
  let sum = 0;
  for (let action = 0; action < actions - 1; action++) {
    sum += policy[state * actions + action];
    if (sum > uniform) return action;
  }
  return actions - 1;
}

/** Worlds with longer or more episodes are not enumerated. */
const LONGEST = 32;
const MOST_EPISODES = 400;

/** All episodes that can happen, with their probabilities; undefined if there are more than 400, or endless ones. */
export function allEpisodes(setting: Setting): readonly Trajectory[] | undefined {
  checkSetting(setting);
  const { table, timeLimit } = setting.world;
  const { policy } = setting.acting ?? setting;
  const found: Trajectory[] = [];
  for (const episode of trajectories(table, policy, { maxSteps: timeLimit ?? LONGEST })) {
    if ((episode.truncated && timeLimit === undefined) || found.length === MOST_EPISODES) return undefined;
    found.push(episode);
  }
  return found;
}

/** The number of batches of N of `episodes` episodes when their order does not count: C(episodes + N − 1, N). */
export function batchCount(episodes: number, N: number): number {
  let count = 1;
  for (let k = 1; k <= N; k++) count = (count * (episodes + k - 1)) / k;
  return Math.round(count);
}

/**
 * Calls `visit` with each batch of N episodes and its probability. Batches that differ only in the order of their episodes
 * are visited once, with their joint probability N!/Πnᵢ! · Πpᵢ^nᵢ.
 */
export function eachBatch(
  episodes: readonly Trajectory[],
  N: number,
  visit: (batch: EpisodeBatch, probability: number) => void,
): void {
  checkTrajectories(episodes);
  checkWhole("N", N, 1);
  checkFunction("visit", visit);
  const chosen: Trajectory[] = [];
  const extend = (first: number, probability: number): void => {
    const left = N - chosen.length;
    if (left === 0) {
      visit(batchOf(chosen), probability);
      return;
    }
    for (let i = first; i < episodes.length; i++) {
      // The episode is taken 1, 2, … times: each further one of k in n places left multiplies by p · n/k.
      let joint = probability;
      for (let times = 1; times <= left; times++) {
        joint *= (episodes[i].probability * (left - times + 1)) / times;
        chosen.push(episodes[i]);
        extend(i + 1, joint);
      }
      chosen.length -= left;
    }
  };
  extend(0, 1);
}
