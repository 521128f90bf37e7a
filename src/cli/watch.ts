/** `ascent watch`: a trained policy acts in the terminal, or in an animated picture. */

import { setImmediate, setTimeout } from "node:timers/promises";
import { flag, int, optional, real, text } from "../options.js";
import { pictureOf } from "../report/picture.js";
import { toTerminal } from "../scene/index.js";
import { envName } from "../training/env-name.js";
import { type PlayOptions, steps } from "../training/evaluate.js";
import { actingOptions, readActing } from "./acting-options.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { shown } from "./closing.js";
import { canPaint, colourDepth, colours, wantsColour } from "./colour.js";
import { count, figure } from "./figures.js";
import { listenForInterruption } from "./interruption.js";
import { startLookout } from "./lookout.js";
import { Painting } from "./painting.js";
import { framesPerSecond, record } from "./recording.js";
import { loadRunPolicy, type RunPolicy } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";

const USAGE = "ascent watch [run] [options]";
/** Wider pictures show no more detail. */
const WIDEST = 100;
const SVG_WIDTH = 600;

const options = {
  episodes: int(3, { min: 1, max: 1e6, help: "how many to play" }),
  ...actingOptions,
  speed: real(1, { min: 0.01, max: 1000, help: "times the natural speed" }),
  svg: optional(text("", { meaning: "a file to write", help: "write one episode as an animated SVG instead" })),
  noColor: flag(false, { help: "no colours; NO_COLOR does the same" }),
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent watch", "ascent watch reinforce-CartPole-v1-seed0 --deterministic", "ascent watch --svg pole.svg"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { words, values } = readCommandLine(tokens, options, { name: "watch", usage: USAGE, words: 1 });
    const { episodes, speed, svg, noColor } = values;
    const { policy: wanted, ...acting } = readActing(values);
    const run = await loadRunPolicy(words[0], wanted, imports);
    if (svg !== undefined) {
      await record(run, acting, { field: "--svg", path: svg, format: "svg", width: SVG_WIDTH, speed });
      return DONE;
    }
    const depth = colourDepth(process.stdout, noColor);
    if (canPaint(process.stdout)) return show(run, acting, { episodes, speed, depth });
    for await (const step of steps(run.policy, run.makeEnv(), acting)) {
      if (!step.last) continue;
      process.stdout.write(`Episode ${step.episode}: return ${figure(step.return)}, ${count(step.step, "step")}\n`);
      if (step.episode === episodes) break;
      // Lets the program notice that nobody reads any more.
      await setImmediate();
    }
    return DONE;
  },
};

async function show(
  run: RunPolicy,
  acting: PlayOptions,
  { episodes, speed, depth }: { episodes: number; speed: number; depth: ReturnType<typeof colourDepth> },
): Promise<number> {
  const env = run.makeEnv();
  const { strong, faint } = colours(wantsColour(process.stdout, depth === "none"));
  const interruption = listenForInterruption();
  const dismissLookout = startLookout("The environment's step is still at work. Ctrl-C again ends the program.");
  const painting = new Painting(process.stdout);
  const frameMs = 1000 / (framesPerSecond(run) * speed);
  process.stdout.write(`${faint(`${shown(run.folder)}: the ${run.which} policy on`)} ${strong(envName(run.config))}\n`);
  let due = performance.now();
  try {
    for await (const taken of steps(run.policy, env, acting)) {
      const { episode, step, return: total, last } = taken;
      due += frameMs;
      const wait = due - performance.now();
      // A slow terminal skips frames, but never the last one of an episode.
      if (wait > 0 || last) {
        const columns = Math.min(painting.columns, WIDEST);
        const scene = pictureOf(env, taken);
        const picture =
          scene === undefined ? [] : toTerminal(scene, { columns, rows: painting.rows - 3, colour: depth }).split("\n");
        painting.draw([...picture, `Episode ${episode} of ${episodes}   step ${step}   return ${figure(total)}`]);
      }
      await setTimeout(last ? Math.max(wait, 600) : Math.max(wait, 0));
      if (last) due = performance.now();
      if (interruption.code !== undefined || (last && episode === episodes)) break;
    }
  } finally {
    painting.end();
    dismissLookout();
    interruption.stopListening();
  }
  return interruption.code ?? DONE;
}
