/** The scores of runs over seeds. A run that diverged or failed counts as an untrained policy; it is never left out. */

import { meanOf } from "./moments.js";
import type { RunOutcome } from "./outcome.js";

/** Fewer seeds than this are an anecdote: no interval is claimed. */
export const ENOUGH_SEEDS = 5;

/**
 * The final return of each run. Where it is not known, because the run ended by an error, the return of an untrained policy:
 * the run's own, or else the mean of the others'. NaN where no run has one.
 */
export function scoresOf(outcomes: readonly RunOutcome[]): number[] {
  const untrained = untrainedOf(outcomes);
  return outcomes.map(({ end, finalReturn, untrainedReturn }) =>
    end === "diverged" || end === "failed" ? (untrainedReturn ?? untrained) : (finalReturn ?? untrained),
  );
}

/** The mean return of untrained policies; NaN if no run completed an episode. */
export function untrainedOf(outcomes: readonly RunOutcome[]): number {
  return meanOf(outcomes.flatMap(({ untrainedReturn }) => untrainedReturn ?? []));
}
