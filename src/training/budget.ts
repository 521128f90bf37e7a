/** How far a run is through its budget: so many episodes, so many steps, or both. */

import type { ResolvedConfig } from "./types.js";

/** What ends a run, at least one of the two. */
export type Budget = Pick<ResolvedConfig, "episodes" | "steps">;

/** What a run has done so far. */
export interface Spent {
  readonly episodes: number;
  readonly steps: number;
}

/** One of the two limits, and how far away it is. */
export interface Limit {
  readonly counts: keyof Budget;
  readonly done: number;
  readonly of: number;
  /** `done / of`: 1 where it is reached, more where the last update went beyond it. */
  readonly share: number;
}

/** The limit that will be reached first if things go on as they did: the one of which the greater share is used up. */
export function nearestLimit(budget: Budget, spent: Spent): Limit {
  const limits = (["steps", "episodes"] as const).flatMap((counts): Limit[] => {
    const [done, of] = [spent[counts], budget[counts]];
    return of === null ? [] : [{ counts, done, of, share: done / of }];
  });
  return limits.reduce((nearest, limit) => (limit.share > nearest.share ? limit : nearest));
}
