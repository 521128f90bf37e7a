/** The flags of `ascent tune`. */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { tuneLimits } from "../node/sweeps/start-tuning.js";
import { flag, int, optional, text } from "../options.js";
import { runOptions } from "../training/run-options.js";
import { asFlags } from "./arguments.js";
import type { FlagGroup } from "./subcommand.js";
import type { Token } from "./tokens.js";
import { outputOptions, subjectOf } from "./train-flags.js";

export const searchOptions = {
  search: optional(
    text("", {
      meaning: "name=range or name=values",
      help: "where to look for an option's values: learning-rate=log(1e-4,1e-2), one-minus-log(0.9,0.999), linear, integer or powers-of-two; or values, with semicolons between those that have commas; may be repeated",
    }),
  ),
  fix: optional(
    text("", {
      meaning: "name=value, or name",
      help: "don't tune this option: it has this value, or its default; may be repeated",
    }),
  ),
  tuneSeed: int(0, { min: 0, help: "the points and the seeds of all runs follow from it" }),
};

export const studyOptions = {
  ...tuneLimits,
  out: optional(
    text("", { meaning: "a folder that is new or empty", help: "folder of the study; runs/tune-<name> otherwise" }),
  ),
  resume: optional(text("", { meaning: "the folder of a study", help: "go on with this study" })),
  otherCode: flag(false, { help: "with --resume: go on although Ascent or your modules have changed since" }),
  more: optional(int(1, { min: 1, max: 10_000, help: "with --resume: so many rounds more" })),
};

export const tuneOutput = {
  ...outputOptions,
  json: flag(false, { help: "print one JSON object a line: start, round, leg, result" }),
  quiet: flag(false, { help: "print nothing but the result" }),
};

/** The settings of the runs that are compared. */
export function comparedOptions(algorithm: string) {
  const { preset, episodes, steps } = runOptions(algorithmEntry(algorithm));
  return { preset, episodes, steps };
}

export function tuneFlags(tokens: readonly Token[], { algorithm, env } = subjectOf(tokens)): FlagGroup[] {
  return [
    { heading: "Search", flags: asFlags(searchOptions) },
    { heading: "Study", flags: asFlags(studyOptions) },
    { heading: "Every run", flags: asFlags(comparedOptions(algorithm)) },
    { heading: "Output", flags: asFlags(tuneOutput) },
    { heading: `Options of ${env}`, flags: asFlags(envEntry(env).options, "env.") },
  ];
}
