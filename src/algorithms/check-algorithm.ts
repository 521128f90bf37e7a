/** Checks an algorithm when it is passed in, so that a missing part is not first noticed during an update. */

import { ConfigError } from "../errors.js";
import { resolveOptions, type Schema } from "../options.js";
import type { Algorithm } from "./algorithm.js";

/** @throws ConfigError naming the part that is missing or contradicts another */
export function checkAlgorithm<S extends Schema, P extends string>(algorithm: Algorithm<S, P>): void {
  if (typeof algorithm !== "object" || algorithm === null)
    throw new ConfigError({ field: "algorithm", given: algorithm, allowed: "what defineAlgorithm returns" });
  const { name, summary, options, presets, collect, create } = algorithm;
  const require = (field: string, given: unknown, holds: boolean, allowed: string): void => {
    if (!holds) throw new ConfigError({ field: `algorithm.${field}`, given, allowed });
  };
  const named = typeof name === "string" && /^[a-z][\w.-]*$/i.test(name);
  require("name", name, named, "a letter, then letters, digits and . - _, such as ranked");
  require("summary", summary, typeof summary === "string", "one line of text for lists");
  require("options", options, isRecord(options), "options by name, such as { gamma: real(0.99, { help: … }) }");
  require("collect", collect, typeof collect === "function", "a function that says how much an update needs");
  require("create", create, typeof create === "function", "a function that makes a learner");
  require("presets", presets, isRecord(presets) && "default" in presets, "presets by name, default among them");
  for (const [preset, { options: settings, episodes, steps, grid = {} }] of Object.entries(presets)) {
    const length = episodes !== undefined || steps !== undefined;
    require(`presets.${preset}`, { episodes, steps }, length, "a length: episodes, steps, or both");
    resolveOptions(options, settings, `algorithm.presets.${preset}.options`);
    for (const [option, values] of Object.entries(grid)) {
      const field = `presets.${preset}.grid.${option}`;
      require(field, values, Array.isArray(values) && values.length > 0, "a list of values");
      for (const value of values) resolveOptions(options, { [option]: value }, `algorithm.presets.${preset}.grid`);
    }
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
