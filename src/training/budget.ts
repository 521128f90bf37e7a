/** How much of its budget a run has used. A budget limits episodes, steps, or both. */

import type { ResolvedConfig } from "./types.js";

/** The limits of a run. At least one is not null. */
export type Budget = Pick<ResolvedConfig, "episodes" | "steps">;

/** The work that a run has done so far. */
export interface Spent {
  readonly episodes: number;
  readonly steps: number;
}

/** One of the two limits, and how much of it is used. */
export interface Limit {
  readonly counts: keyof Budget;
  readonly done: number;
  readonly of: number;
  /** `done / of`. It may exceed 1, because the last update is completed. */
  readonly share: number;
}

/** The limit with the larger used share, which will be reached first at the current pace. */
export function nearestLimit(budget: Budget, spent: Spent): Limit {
  const steps = limitOf("steps", budget, spent);
  const episodes = limitOf("episodes", budget, spent);
  return episodes.share > steps.share ? episodes : steps;
}

/** Without a limit no share is used, less than of any. */
function limitOf(counts: keyof Budget, budget: Budget, spent: Spent): Limit {
  const done = spent[counts];
  const of = budget[counts];
  return of === null
    ? { counts, done, of: Number.POSITIVE_INFINITY, share: -1 }
    : { counts, done, of, share: done / of };
}
