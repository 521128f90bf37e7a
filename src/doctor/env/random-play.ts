/** A random policy in an environment: what training starts from. */

import { allowedAction } from "../../envs/check/masks.js";
import type { AnyEnv } from "../../envs/env.js";
import { defaultRng } from "../../random/index.js";
import { flatSize } from "../../spaces/index.js";
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
  for (let episode = 1; episode <= episodes; episode++) {
    watched.reset(episode === 1 ? { seed } : undefined);
    let total = 0;
    let length = 0;
    let ending: Ending = "stopped";
    while (ending === "stopped" && length < maxSteps) {
      if (reader !== undefined && mask !== undefined) {
        reader.read(watched.actionMask?.(), mask);
        shares.push(mask.reduce((sum, one) => sum + one, 0) / mask.length);
      }
      const { reward, terminated, truncated } = watched.step(allowedAction(env.actionSpace, mask, rng));
      length++;
      total += reward;
      lowest = Math.min(lowest, reward);
      largest = Math.max(largest, reward);
      after(episode, length);
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
    allowed: shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length,
  };
}
