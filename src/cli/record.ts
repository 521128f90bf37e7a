/** `ascent record`: an episode of a trained policy as an animated GIF or SVG. */

import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { int, optional, real, text } from "../options.js";
import { actingOptions, readActing } from "./acting-options.js";
import { asFlags, readCommandLine } from "./arguments.js";
import { record } from "./recording.js";
import { loadRunPolicy } from "./run-policy.js";
import { DONE, type Subcommand } from "./subcommand.js";

const USAGE = "ascent record [run] [options]";

const options = {
  out: optional(
    text("", {
      meaning: "a file to write",
      help: "an animated .gif or .svg; episode.gif in the run's folder otherwise",
    }),
  ),
  width: int(400, { min: 16, max: 4096, help: "pixels; the height follows from the picture" }),
  speed: real(1, { min: 0.01, max: 1000, help: "times the natural speed" }),
  maxSteps: int(2000, { min: 1, max: 1e6, help: "steps after which a longer episode is cut off" }),
  ...actingOptions,
};

export const subcommand: Subcommand = {
  usage: USAGE,
  examples: ["ascent record", "ascent record reinforce-CartPole-v1-seed0 --out pole.svg --deterministic --seed 7"],
  flags: () => [{ heading: "Options", flags: asFlags(options) }],

  async run({ tokens, imports }) {
    const { words, values } = readCommandLine(tokens, options, { name: "record", usage: USAGE, words: 1 });
    const { out, width, speed, maxSteps } = values;
    const { policy, ...acting } = readActing(values);
    const format = out?.endsWith(".svg") ? "svg" : "gif";
    if (out !== undefined && !out.endsWith(`.${format}`))
      throw new ConfigError({ field: "--out", given: out, allowed: "a file whose name ends in .gif or .svg" });
    const run = await loadRunPolicy(words[0], policy, imports);
    const path = out ?? join(run.folder, "episode.gif");
    await record(run, { ...acting, maxSteps }, { field: "--out", path, format, width, speed });
    return DONE;
  },
};
