/** The scores of runs over seeds. A run that diverged or failed counts as an untrained policy; it is never left out. */

import { interquartileMean } from "./interquartile-mean.js";
import { meanOf } from "./moments.js";
import type { RunOutcome } from "./outcome.js";
import { type Interval, resampledInterval } from "./resampling.js";

/** Fewer seeds than this are an anecdote: no interval is claimed. */
export const ENOUGH_SEEDS = 5;

/** Enough for two digits of a bound; hundreds of groups take seconds. */
export const RESAMPLES = 2000;

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

/** Whether an interval may be claimed of some scores. */
export function isEnough(scores: readonly number[]): boolean {
  return scores.length >= ENOUGH_SEEDS && scores.every(Number.isFinite);
}

/** The 95 % interval of their interquartile mean, by resampling seeds. Null under 5 seeds. */
export function scoreInterval(scores: readonly number[]): Interval | null {
  if (!isEnough(scores)) return null;
  return resampledInterval([scores], ([drawn]) => interquartileMean(drawn), { resamples: RESAMPLES });
}

/** `3 seeds are an anecdote` */
export function anecdoteText(seeds: number): string {
  return seeds === 1 ? "1 seed is an anecdote" : `${seeds} seeds are an anecdote`;
}

/** The mean return of untrained policies; NaN if no run completed an episode. */
export function untrainedOf(outcomes: readonly RunOutcome[]): number {
  return meanOf(outcomes.flatMap(({ untrainedReturn }) => untrainedReturn ?? []));
}
