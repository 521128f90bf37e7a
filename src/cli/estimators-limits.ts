/** What `ascent estimators` says before it begins: flags that would be ignored, and long work. */

import { ConfigError } from "../errors.js";
import type { Setting } from "../estimators/setting.js";
import { stepsToDraw, type Work } from "../estimators/work.js";
import { count } from "./figures.js";
import { UsageError } from "./usage-error.js";

/** What each way of showing the results leaves no room for. */
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  experiment: ["estimators", "batches", "cosine", "rank", "picture", "page"],
  json: ["picture", "page"],
  page: ["picture"],
};

/** @throws ConfigError or UsageError for what was typed and would be ignored */
export function refuseIgnored(words: readonly string[], typed: ReadonlyMap<string, unknown>, golden: boolean): void {
  if (golden) {
    const [other] = [...typed.keys()].filter((name) => name !== "golden");
    if (words.length > 0) throw new UsageError(`"${words[0]}" is one word too many. Usage: ascent estimators --golden`);
    if (other !== undefined) throw together(other, typed, "golden");
  }
  for (const [mode, others] of Object.entries(IGNORED)) {
    const other = isOn(typed, mode) ? others.find((name) => isOn(typed, name)) : undefined;
    if (other !== undefined) throw together(other, typed, mode);
  }
}

/** Whether a flag was typed, and not as `--no-…`. */
function isOn(typed: ReadonlyMap<string, unknown>, name: string): boolean {
  return typed.has(name) && typed.get(name) !== false;
}

function together(name: string, typed: ReadonlyMap<string, unknown>, mode: string): ConfigError {
  return new ConfigError({ field: `--${name}`, given: typed.get(name), allowed: `without --${mode}` });
}

/** Steps that take about half a minute. */
const LONG = 3e7;

/** Says on the error stream that work will be long, where it will be. */
export function announceWork(setting: Setting, work: Work): void {
  const steps = stepsToDraw(setting, work);
  if (steps < LONG) return;
  const millions = count(Math.round(steps / 1e6), "million steps", "million steps");
  process.stderr.write(
    `ascent: about ${millions} will be looked at, a million a second; fewer with --batches or --estimators\n`,
  );
}
