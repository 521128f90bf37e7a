import { make, type Policy, type Training } from "ascent";
import { rowsOf } from "ascent/policies";
import { defaultRng } from "ascent/random";
import type { ActionMask } from "ascent/spaces";
import { noGrad } from "ascent/tensor";
import type { Episode, Frame, PlayOptions } from "../protocol.js";
import { outlooksOf } from "./outlook.js";

/** Longer episodes are cut: nobody watches them to the end, and their pictures would fill the memory. */
const MOST_FRAMES = 2000;

/** A run, or a policy that was loaded without its run. */
export type Player = Pick<Training, "config" | "policy" | "updates" | "valuesOf">;

/** Plays one episode with the policy at hand, and asks it about every state on the way. */
export function playEpisode(training: Player, { seed, deterministic }: PlayOptions): Episode {
  const { config, policy, updates } = training;
  if (config.env === null) throw new Error("An environment without a name can't be made again to play in it.");
  const env = make(config.env, config.envOptions);
  const rng = defaultRng(seed);
  const memory = policy.initialMemory();
  const observations: unknown[] = [];
  const masks: ActionMask[] = [];
  const frames: Frame[] = [];
  let { observation } = env.reset({ seed });
  let total = 0;
  let reward = 0;
  for (let ended: Episode["ended"] | undefined; ended === undefined; ) {
    const mask = (env as { actionMask?: () => ActionMask }).actionMask?.();
    const action = policy.act(observation, { deterministic, rng, mask, memory });
    observations.push(copied(observation));
    if (mask !== undefined) masks.push(Array.from(mask as ArrayLike<number>));
    frames.push({ ...blank, scene: env.render?.(), reward, return: total, action: plain(action) });
    const step = env.step(action as never);
    observation = step.observation;
    reward = step.reward;
    total += reward;
    if (step.terminated) ended = "terminated";
    else if (step.truncated || frames.length >= MOST_FRAMES) ended = "truncated";
    if (ended === undefined) continue;
    frames.push({ ...blank, scene: env.render?.(), reward, return: total });
    return { updates, return: total, ended, frames: explained(frames, training, observations, masks) };
  }
  throw new Error("unreachable");
}

const blank: Frame = {
  scene: undefined,
  reward: 0,
  return: 0,
  action: undefined,
  outlook: undefined,
  value: undefined,
};

/** Adds the distribution and the value of each state: one pass over all of them, not one a step. */
function explained(
  frames: readonly Frame[],
  { policy, valuesOf }: Player,
  observations: readonly unknown[],
  masks: readonly ActionMask[],
): Frame[] {
  const rows = rowsOf(policy as Policy, observations, masks.length === 0 ? undefined : masks);
  const outlooks = noGrad(() => outlooksOf(policy.distribution(rows), observations.length));
  const values = valuesOf?.(rows);
  return frames.map((frame, t) => ({ ...frame, outlook: outlooks?.[t], value: values?.[t] }));
}

function plain(action: unknown): number | number[] {
  return typeof action === "number" ? action : Array.from(action as ArrayLike<number>);
}

/** Environments may write their next observation into the same array. */
function copied(observation: unknown): unknown {
  return structuredClone(observation);
}
