import { make, type Policy, type Training } from "ascent";
import { rowsOf } from "ascent/policies";
import { defaultRng } from "ascent/random";
import type { ActionMask } from "ascent/spaces";
import { noGrad } from "ascent/tensor";
import type { Episode, EpisodePart, Frame, PlayOptions } from "../protocol.js";
import { outlooksOf } from "./outlook.js";

/** Longer episodes are cut: nobody watches them to the end, and their pictures would fill the memory. */
const MOST_FRAMES = 2000;

/** A run, or a policy that was loaded without its run. */
export type Player = Pick<Training, "config" | "policy" | "best" | "updates" | "valuesOf">;

/** Plays one episode with the policy at hand, and asks it about every state on the way. */
export function playEpisode(training: Player, { seed, deterministic, best }: PlayOptions): Episode {
  const { config, updates } = training;
  const policy = best ? training.best() : training.policy;
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
    const allowed = mask && Array.from(mask as ArrayLike<number>);
    if (allowed !== undefined) masks.push(allowed);
    frames.push({ ...seen(env, observation), reward, return: total, action: plain(action), mask: allowed });
    const step = env.step(action as never);
    observation = step.observation;
    reward = step.reward;
    total += reward;
    if (step.terminated) ended = "terminated";
    else if (step.truncated) ended = "truncated";
    else if (frames.length >= MOST_FRAMES) ended = "cut";
    if (ended === undefined) continue;
    frames.push({ ...seen(env, observation), reward, return: total });
    const all = explained(frames, training, policy as Policy, observations, masks);
    return { updates, best, seed, return: total, ended, length: all.length, frames: all };
  }
  throw new Error("unreachable");
}

/** Frames of one message: a few milliseconds of reading for the page. */
const PART = 50;

/** The messages in which an episode goes to the page. */
export function* partsOf(episode: Episode): Generator<EpisodePart> {
  for (let from = 0; from < episode.length; from += PART)
    yield { ...episode, frames: episode.frames.slice(from, from + PART), last: from + PART >= episode.length };
}

function seen(env: { render?: () => Frame["scene"] }, observation: unknown): Frame {
  return {
    scene: env.render?.(),
    observation: plainObservation(observation),
    reward: 0,
    return: 0,
    action: undefined,
    mask: undefined,
    outlook: undefined,
    value: undefined,
  };
}

/** Adds the distribution and the value of each state: one pass over all of them, not one a step. */
function explained(
  frames: readonly Frame[],
  training: Player,
  policy: Policy,
  observations: readonly unknown[],
  masks: readonly ActionMask[],
): Frame[] {
  const allowed = masks.length === 0 ? undefined : masks;
  const rows = rowsOf(policy, observations, allowed);
  const outlooks = noGrad(() => outlooksOf(policy.distribution(rows), observations.length, policy.describe()?.head));
  // Values belong to the present policy, and may see states through another normaliser than the best one.
  const values = training.valuesOf?.(rowsOf(training.policy as Policy, observations, allowed));
  return frames.map((frame, t) => ({ ...frame, outlook: outlooks?.[t], value: values?.[t] }));
}

/** For maps: the state's number, or the numbers of a box. */
export function plainObservation(observation: unknown): Frame["observation"] {
  if (observation instanceof Float32Array) return Array.from(observation);
  return typeof observation === "number" ? observation : undefined;
}

function plain(action: unknown): number | number[] {
  return typeof action === "number" ? action : Array.from(action as ArrayLike<number>);
}

/** Environments may write their next observation into the same array. */
function copied(observation: unknown): unknown {
  return structuredClone(observation);
}
