/** Changes the budget of a resumed run. */

import { ConfigError } from "../errors.js";
import { resolveOptions } from "../options.js";
import type { Spent } from "./budget.js";
import { deepFreeze } from "./deep-freeze.js";
import { endOptions } from "./run-options.js";
import type { ResolvedConfig } from "./types.js";

/** A new budget for a resumed run. If only one of the two limits is given, the other is removed, as in a new config. */
export interface ResumeOptions {
  readonly episodes?: number | undefined;
  readonly steps?: number | undefined;
  readonly stopWhenSolved?: boolean | undefined;
}

/** @throws ConfigError for a limit that is out of range, or below what the run has already done */
export function extendedConfig(config: ResolvedConfig, given: ResumeOptions, done: Spent): ResolvedConfig {
  const end = resolveOptions(endOptions, { ...given }, "");
  for (const limit of ["episodes", "steps"] as const) {
    const value = end[limit];
    if (value === undefined || value >= done[limit]) continue;
    const allowed = `at least ${done[limit]}, as the run has done so many already`;
    throw new ConfigError({ field: limit, given: value, allowed });
  }
  const sameBudget = end.episodes === undefined && end.steps === undefined;
  return deepFreeze({
    ...config,
    episodes: sameBudget ? config.episodes : (end.episodes ?? null),
    steps: sameBudget ? config.steps : (end.steps ?? null),
    stopWhenSolved: end.stopWhenSolved ?? config.stopWhenSolved,
  });
}
