/** `ascent watch`: a trained policy at play, in the terminal or as a picture that moves. */

import { envName } from "../training/env-name.js";
import { setTimeout } from "node:timers/promises";
import { envEntry } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { play } from "../training/evaluate.js";
import { animatedSvg } from "../report/animated-svg.js";
import { recordEpisode } from "../report/recorded-episode.js";
import { writeAtomically } from "../node/write-file.js";
import { flag, int, real, text } from "../options.js";
import { toTerminal } from "../scene/index.js";
import { atMost, type Flags, flagValues, optional, splitArguments } from "./arguments.js";
import { shown } from "./closing.js";
import { colourDepth, colours, wantsColour } from "./colour.js";
import { type Command, DONE } from "./command.js";
import { count, figure } from "./figures.js";
import { listenForInterruption } from "./interruption.js";
import { Painting } from "./painting.js";
import { type Playing, playingFlags, readPlaying } from "./playing.js";
import { loadRunPolicy, type RunPolicy } from "./run-policy.js";

const USAGE = "ascent watch [run] [options]";
const EPISODES = 3;
/** Wider than this, a picture in a terminal shows nothing more. */
const WIDEST = 100;
const SVG_WIDTH = 600;

const flags: Flags = {
  episodes: int(EPISODES, { min: 1, max: 1e6, help: "how many to play" }),
  ...playingFlags,
  speed: real(1, { min: 0.01, max: 1000, help: "times the natural speed" }),
  svg: optional(text("", { meaning: "a file to write", help: "write one episode as an animated SVG instead" })),
  "no-color": flag(false, { help: "no colours; NO_COLOR does the same" }),
};

export const command: Command = {
  usage: USAGE,
  examples: ["ascent watch", "ascent watch reinforce-CartPole-v1-seed0 --deterministic", "ascent watch --svg pole.svg"],
  flags: () => [{ heading: "Options", flags }],

  async run(args) {
    const { words, typed } = splitArguments(args, flags);
    atMost(words, 1, USAGE);
    const values = flagValues(typed, flags, "watch");
    const playing = readPlaying(values);
    const episodes = (values.get("episodes") as number | undefined) ?? EPISODES;
    const speed = (values.get("speed") as number | undefined) ?? 1;
    const run = loadRunPolicy(words[0], playing.policy);
    const svg = values.get("svg") as string | undefined;
    if (svg !== undefined) return writeSvg(svg, run, playing, speed);
    const depth = colourDepth(process.stdout, values.get("no-color") === true);
    if (process.stdout.isTTY && process.env.TERM !== "dumb") return show(run, playing, { episodes, speed, depth });
    for (const step of play(run.policy, run.makeEnv(), playing)) {
      if (!step.last) continue;
      process.stdout.write(`Episode ${step.episode}: return ${figure(step.return)}, ${count(step.step, "step")}\n`);
      if (step.episode === episodes) break;
    }
    return DONE;
  },
};

function framesPerSecond({ config }: RunPolicy): number {
  return config.env === null ? 30 : (envEntry(config.env).framesPerSecond ?? 30);
}

async function show(
  run: RunPolicy,
  playing: Playing,
  { episodes, speed, depth }: { episodes: number; speed: number; depth: ReturnType<typeof colourDepth> },
): Promise<number> {
  const env = run.makeEnv();
  const { strong, faint } = colours(wantsColour(process.stdout, depth === "none"));
  const interruption = listenForInterruption();
  const painting = new Painting(process.stdout);
  const frameMs = 1000 / (framesPerSecond(run) * speed);
  process.stdout.write(`${faint(`${shown(run.folder)}: the ${run.which} policy on`)} ${strong(envName(run.config))}\n`);
  let due = performance.now();
  for (const { episode, step, return: total, last } of play(run.policy, env, playing)) {
    due += frameMs;
    const wait = due - performance.now();
    // A terminal that is too slow for every frame misses some, but never the last one of an episode.
    if (wait > 0 || last) {
      const columns = Math.min(painting.columns, WIDEST);
      const picture =
        env.render === undefined
          ? []
          : toTerminal(env.render(), { columns, rows: painting.rows - 3, colour: depth }).split("\n");
      painting.draw([...picture, `Episode ${episode} of ${episodes}   step ${step}   return ${figure(total)}`]);
    }
    await setTimeout(last ? Math.max(wait, 600) : Math.max(wait, 0));
    if (last) due = performance.now();
    if (interruption.code !== undefined || (last && episode === episodes)) break;
  }
  painting.end();
  interruption.stopListening();
  return interruption.code ?? DONE;
}

function writeSvg(path: string, run: RunPolicy, playing: Playing, speed: number): number {
  const { scenes, steps, return: total } = recordEpisode(run.policy, run.makeEnv(), playing);
  if (scenes.length === 0) {
    throw new ConfigError({
      field: "--svg",
      given: path,
      allowed: `an environment with pictures; ${envName(run.config)} has no render()`,
    });
  }
  writeAtomically(path, animatedSvg(scenes, { width: SVG_WIDTH, framesPerSecond: framesPerSecond(run) * speed }));
  process.stdout.write(`${shown(path)}: one episode, return ${figure(total)}, ${count(steps, "step")}\n`);
  return DONE;
}
