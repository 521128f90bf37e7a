/** An episode as a list of pictures. */

import type { AnyAsyncEnv } from "../envs/async-env.js";
import type { AnyEnv } from "../envs/env.js";
import type { Policy } from "../policies/policy.js";
import type { Scene } from "../scene/scene.js";
import { type PlayOptions, steps } from "../training/evaluate.js";
import { macrotask } from "../training/macrotask.js";
import { pictureOf } from "./picture.js";

/** One episode, for a picture that moves: `animatedGif(scenes)`, `animatedSvg(scenes)`. */
export interface DrawnEpisode {
  /** One after each step; empty where the environment has no `render`, as no asynchronous one has. */
  readonly scenes: readonly Scene[];
  readonly return: number;
  readonly steps: number;
}

/**
 * Plays one episode and keeps a picture of every step. Other tasks can run after every step, or after so many, and then
 * `stopped` can cut it short.
 *
 * @throws EnvironmentError if the environment fails
 */
export async function drawEpisode(
  policy: Policy,
  env: AnyEnv | AnyAsyncEnv,
  options: PlayOptions,
  stopped: () => boolean = () => false,
  pauseEvery = 1,
): Promise<DrawnEpisode> {
  const scenes: Scene[] = [];
  for await (const step of steps(policy, env, options)) {
    const scene = pictureOf(env, step);
    if (scene !== undefined) scenes.push(scene);
    const pauses = step.step % pauseEvery === 0;
    if (pauses) await macrotask();
    if (step.last || (pauses && stopped())) return { scenes, return: step.return, steps: step.step };
  }
  throw new Error("an episode without an end has ended");
}
