/** A random policy in an environment: what training starts from. */

import { allowedAction } from "../../envs/check/masks.js";
import type { AnyEnv } from "../../envs/env.js";
import { defaultRng } from "../../random/index.js";
import { flatSize, flatten } from "../../spaces/index.js";
import { maskReader } from "../../spaces/mask.js";
import { emptyRecord, recorded, rowsOf } from "../examine/recorder.js";
import { type ElementScale, scalesOf } from "../examine/scales.js";

/** How an episode ended: in a terminal state, by a cut from outside, or because the doctor stopped it. */
export type Ending = "terminated" | "truncated" | "stopped";

/** One episode of a random policy. */
export interface RandomEpisode {
  readonly return: number;
  readonly length: number;
  readonly ending: Ending;
}

/** What a random policy met. */
export interface RandomPlay {
  readonly episodes: readonly RandomEpisode[];
  readonly observations: readonly ElementScale[];
  /** Smallest, largest and mean reward of a step. */
  readonly rewards: { readonly min: number; readonly max: number; readonly mean: number };
  /** Episodes whose last observation looks like a first one, where the observation before it does not. */
  readonly lostEnds: number;
  /** The mean share of choices that the masks allowed; undefined without masks. */
  readonly allowed: number | undefined;
}

/** Plays whole episodes of at most `maxSteps` steps with random actions that the masks allow. */
export function playAtRandom(
  env: AnyEnv,
  { episodes, seed, maxSteps }: { episodes: number; seed: number | bigint; maxSteps: number },
  after: (episode: number, step: number) => void = () => {},
): RandomPlay {
  const rng = defaultRng(seed);
  const record = emptyRecord();
  const watched = recorded(env, record);
  const reader = env.actionMask === undefined ? undefined : maskReader(env.actionSpace);
  const mask = reader && new Uint8Array(reader.size);
  const shares: number[] = [];
  let lowest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  const played: RandomEpisode[] = [];
  const flat = (observation: unknown): Float32Array => flatten(env.observationSpace, observation);
  const firsts: Float32Array[] = [];
  const ends: { readonly before: Float32Array; readonly last: Float32Array }[] = [];
  for (let episode = 1; episode <= episodes; episode++) {
    let now = flat(watched.reset(episode === 1 ? { seed } : undefined).observation);
    firsts.push(now);
    let total = 0;
    let length = 0;
    let ending: Ending = "stopped";
    while (ending === "stopped" && length < maxSteps) {
      if (reader !== undefined && mask !== undefined) {
        reader.read(watched.actionMask?.(), mask);
        shares.push(mask.reduce((sum, one) => sum + one, 0) / mask.length);
      }
      const { observation, reward, terminated, truncated } = watched.step(allowedAction(env.actionSpace, mask, rng));
      length++;
      total += reward;
      lowest = Math.min(lowest, reward);
      largest = Math.max(largest, reward);
      after(episode, length);
      const before = now;
      now = flat(observation);
      if (terminated || truncated) ends.push({ before, last: now });
      if (terminated) ending = "terminated";
      else if (truncated) ending = "truncated";
    }
    played.push({ return: total, length, ending });
  }
  const size = flatSize(env.observationSpace);
  const steps = played.reduce((sum, { length }) => sum + length, 0);
  const mean = played.reduce((sum, one) => sum + one.return, 0) / steps;
  return {
    episodes: played,
    observations: scalesOf(rowsOf(record, size), size),
    rewards: { min: lowest, max: largest, mean },
    lostEnds: lostEnds(firsts, ends),
    allowed: shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length,
  };
}

/** How many ends look like a reset. First observations lie in a box, from the lowest to the highest of each number. */
function lostEnds(
  firsts: readonly Float32Array[],
  ends: readonly { readonly before: Float32Array; readonly last: Float32Array }[],
): number {
  const low = firsts[0].map((_, j) => firsts.reduce((least, row) => Math.min(least, row[j]), Number.POSITIVE_INFINITY));
  const high = low.map((_, j) => firsts.reduce((most, row) => Math.max(most, row[j]), Number.NEGATIVE_INFINITY));
  // A few draws do not reach the ends of a range, so the box is half as wide again.
  const isFirst = (row: Float32Array): boolean =>
    row.every((value, j) => {
      const margin = (high[j] - low[j]) / 4;
      return value >= low[j] - margin && value <= high[j] + margin;
    });
  return ends.filter(({ before, last }) => isFirst(last) && !isFirst(before)).length;
}
