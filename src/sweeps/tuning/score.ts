/** How well a run or a point has done, and which of two did better. */

import { interquartileMean } from "../interquartile-mean.js";
import { meanOrNull } from "../moments.js";
import type { RunOutcome } from "../outcome.js";

export interface Score {
  /** The mean return over the last tenth of the episodes so far; null if none has ended, or the run failed. */
  readonly score: number | null;
  /** The mean of the learning curve so far, which breaks ties: the earlier riser is the better one. */
  readonly area: number | null;
}

/** The score of a run where it stands. */
export function scoreOf({ end, finalReturn, curve }: RunOutcome): Score {
  const returns = curve.returns.filter((value) => value !== null);
  return {
    score: end === "failed" ? null : finalReturn,
    area: meanOrNull(returns),
  };
}

/** Scores of several seeds as one: their interquartile mean. Null if one of them has none. */
export function together(scores: readonly Score[]): Score {
  const over = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? interquartileMean(known) : null;
  };
  return { score: over(scores.map(({ score }) => score)), area: over(scores.map(({ area }) => area)) };
}

/** Orders scores, the best first. Without a score is worse than with any. */
export function byScore(a: Score, b: Score): number {
  return descending(a.score, b.score) || descending(a.area, b.area);
}

function descending(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : b - a;
}
