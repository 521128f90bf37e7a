/** The flags of `ascent sweep`. */

import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { listEnvs } from "../envs/registry.js";
import { jobsOption } from "../node/sweeps/start-sweep.js";
import { flag, optional, text } from "../options.js";
import { drawOptions } from "../sweeps/plan-sweep.js";
import { settingName } from "../sweeps/settings.js";
import { runOptions } from "../training/run-options.js";
import { asFlags } from "./arguments.js";
import { presetGrid } from "./preset-grid.js";
import { queueOptions } from "./queue-options.js";
import type { FlagGroup } from "./subcommand.js";
import { type Token, valuesGiven } from "./tokens.js";
import { algorithmFlags, envFlags, outputOptions, SEEDS_MEANING, subjectOf, trainOptions } from "./train-flags.js";

/** What is varied, and how. */
export const spaceOptions = {
  grid: optional(
    text("", {
      meaning: "name=value,value",
      help: "values of a setting, all combinations of which are trained; may be repeated. Semicolons separate values that have commas themselves",
    }),
  ),
  draw: optional(
    text("", {
      meaning: "name=range",
      help: "a range to draw from: log(1e-5,1e-1), one-minus-log(0.9,0.999), linear, integer or powers-of-two; or values; may be repeated",
    }),
  ),
  ...drawOptions,
  when: optional(
    text("", {
      meaning: "name:other=value",
      help: "vary a setting only where another has this value: memorySize:policy=gru; may be repeated",
    }),
  ),
};

/** How a sweep is trained and shown. */
export const workOptions = {
  seeds: optional(text("5", { meaning: SEEDS_MEANING, help: `${SEEDS_MEANING}; 5 otherwise` })),
  jobs: optional(jobsOption),
  out: optional(
    text("", { meaning: "a folder that is new or empty", help: "folder of the sweep; runs/sweep-<name> otherwise" }),
  ),
  resume: optional(
    text("", {
      meaning: "the folder of a sweep",
      help: "go on with this sweep; with --seeds or --grid it gets more runs",
    }),
  ),
  endHopeless: flag(false, { help: "end runs early that have collapsed, or that never had a gradient" }),
  otherCode: flag(false, { help: "with --resume: go on although Ascent or your modules have changed since" }),
  shard: optional(
    text("1/1", {
      meaning: "a part and their number, such as 3/16",
      help: "train only this part of the runs; parts may share the folder of --out, or be put together by --merge",
    }),
  ),
  ...queueOptions,
  dryRun: flag(false, { help: "check everything and print the cells, but train nothing" }),
};

export const mergeOptions = {
  merge: flag(false, { help: "train nothing: put the sweeps in these folders together in the folder of --out" }),
};

export const schemaOptions = {
  schema: flag(false, {
    help: "train nothing: print a JSON Schema, by which an editor completes and checks a sweep.json",
  }),
};

export const untilOption = { until: trainOptions.until };

/** The algorithms and environments of a command: those of `--grid`, or else those of its words. */
export interface Subjects {
  readonly algorithms: readonly string[];
  readonly envs: readonly string[];
}

export function subjectsOf(tokens: readonly Token[]): Subjects {
  const { algorithm, env } = subjectOf(tokens);
  const varied = (name: string, known: readonly string[]): string[] =>
    valuesGiven(tokens, "grid").flatMap((typed) => {
      const [setting, values = ""] = typed.split("=", 2);
      return settingName(setting) === name ? values.split(",").filter((value) => known.includes(value)) : [];
    });
  const algorithms = varied(
    "algorithm",
    listAlgorithms().map(({ name }) => name),
  );
  const envs = varied(
    "env",
    listEnvs().map(({ id }) => id),
  );
  return {
    algorithms: algorithms.length > 0 ? algorithms : [algorithm],
    envs: envs.length > 0 ? envs : [env],
  };
}

/** The flags for the subjects of these tokens, under headings. */
export function sweepFlags(tokens: readonly Token[], { algorithms, envs } = subjectsOf(tokens)): FlagGroup[] {
  const { seed: _, stopWhenSolved: __, ...run } = runOptions(algorithmEntry(algorithms[0]));
  const preset = valuesGiven(tokens, "preset").at(-1) ?? "default";
  return [
    { heading: "What is varied", flags: asFlags(spaceFor(presetGrid(algorithms[0], preset))) },
    { heading: "Sweep", flags: asFlags({ ...workOptions, ...mergeOptions, ...schemaOptions }) },
    { heading: "Every run", flags: asFlags({ ...run, ...untilOption }) },
    { heading: "Output", flags: asFlags(outputOptions) },
    ...algorithms.map((algorithm) => algorithmFlags(algorithm, preset, envs[0])),
    ...envs.map(envFlags),
  ];
}

/** The options of what is varied, with the grid that the preset brings. */
function spaceFor(grid: string): typeof spaceOptions {
  const usual = grid === "" ? "" : `. The preset has ${grid}`;
  return { ...spaceOptions, grid: { ...spaceOptions.grid, help: spaceOptions.grid.help + usual } };
}
