import type { Algorithm } from "../algorithms/algorithm.js";
import { choice, flag, int, optional, seed } from "../options.js";

const MOST = 1e12;

/** The options that end a run. */
export const endOptions = {
  episodes: optional(int(1, { min: 1, max: MOST, help: "end after so many; the preset says how many otherwise" })),
  steps: optional(
    int(1, {
      min: 1,
      max: MOST,
      help: "end after so many, of all environments together; with --episodes, whichever comes first",
    }),
  ),
  stopWhenSolved: optional(flag(false, { help: "end as soon as the environment counts as solved" })),
} as const;

/**
 * The settings of a run other than the options of its algorithm and its environment. Those without a default follow the
 * preset. `resolveConfig`, the flags of `ascent train`, and the command in a report are derived from this schema.
 */
export const runOptions = ({ presets }: Pick<Algorithm, "presets">) => ({
  preset: choice<string>("default", {
    choices: Object.keys(presets),
    help: "settings to start from; options override them",
  }),
  seed: seed(0, { help: "everything random follows from it" }),
  ...endOptions,
});
