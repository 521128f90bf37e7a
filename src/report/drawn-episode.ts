/** An episode as a list of pictures. */

import type { Env } from "../envs/env.js";
import type { Policy } from "../policies/policy.js";
import type { Scene } from "../scene/scene.js";
import { type PlayOptions, play } from "../training/evaluate.js";

export interface DrawnEpisode {
  /** One after each step; empty where the environment has no `render`. */
  readonly scenes: readonly Scene[];
  readonly return: number;
  readonly steps: number;
}

/** Plays one episode and keeps a picture of every step. */
export function drawEpisode(policy: Policy, env: Env<unknown, unknown>, options: PlayOptions): DrawnEpisode {
  const scenes: Scene[] = [];
  for (const step of play(policy, env, options)) {
    if (env.render !== undefined) scenes.push(env.render());
    if (step.last) return { scenes, return: step.return, steps: step.step };
  }
  throw new Error("an episode without an end has ended");
}
