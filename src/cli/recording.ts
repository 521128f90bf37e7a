/** An episode of a trained policy as a file. */

import { envEntry } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { animatedGif } from "../node/animated-gif.js";
import { writeAtomically } from "../node/write-file.js";
import { drawEpisode } from "../report/drawn-episode.js";
import { animatedSvg } from "../scene/animated-svg.js";
import { envName } from "../training/env-name.js";
import type { PlayOptions } from "../training/evaluate.js";
import { shown } from "./closing.js";
import { count, figure } from "./figures.js";
import type { RunPolicy } from "./run-policy.js";

export interface RecordOptions {
  /** The flag to name in an error. */
  readonly field: string;
  readonly path: string;
  readonly format: "gif" | "svg";
  readonly width: number;
  /** Times the natural speed. */
  readonly speed: number;
}

/** Plays an episode, writes it as an animated picture, and prints one line about it. @throws FileError, ConfigError */
export async function record(
  run: RunPolicy,
  acting: PlayOptions,
  { field, path, format, width, speed }: RecordOptions,
): Promise<void> {
  const { scenes, steps, return: total } = await drawEpisode(run.policy, run.makeEnv(), acting);
  if (scenes.length === 0) {
    const allowed = `an environment with pictures; ${envName(run.config)} has no render()`;
    throw new ConfigError({ field, given: path, allowed });
  }
  const how = { width, framesPerSecond: framesPerSecond(run) * speed };
  writeAtomically(path, format === "gif" ? animatedGif(scenes, how) : animatedSvg(scenes, how));
  process.stdout.write(`${shown(path)}: one episode, return ${figure(total)}, ${count(steps, "step")}\n`);
}

/** The natural speed of a run's environment. */
export function framesPerSecond({ config }: RunPolicy): number {
  return config.env === null ? 30 : (envEntry(config.env).framesPerSecond ?? 30);
}
