/** What the verdict of a cell can be, and what it is about. */

import { goalAt } from "./ended.js";
import { meanOf } from "./moments.js";
import { CURVE_POINTS, type RunOutcome } from "./outcome.js";
import type { Trend } from "./trend.js";

/**
 * The first of these whose rule holds:
 *
 * - `unfinished`: seeds are missing or were interrupted, or most runs are too short to be judged;
 * - `failed`: a run ended by an error of the environment or the algorithm;
 * - `diverged`: a run ended because a weight, a gradient or a diagnostic was not finite;
 * - `collapsed`: at least half of the runs became deterministic while no better than untrained;
 * - `no-gradient`: at least half of the runs had no gradient in any update, so they learned nothing;
 * - `solved`: every seed reached the mark, and fewer than a quarter fell back below it;
 * - `unstable`: of the seeds that reached the mark, at least a quarter ended below it, or at least half lost it for a while; or
 *   some reached it and the others don't rise; or the seeds disagree: the middle half of at least 5 scores spreads over more
 *   than half of the way from untrained to the mark;
 * - `slow`: at least half of the seeds that have not reached the mark still rise, each by its last 200 episodes; or all of
 *   them together: see `Trend`;
 * - `stalled`: the rest, no longer rising and below the mark;
 * - `flat`: the rest where there is no mark, so nobody can say whether that is good.
 */
export type CellKind =
  | "unfinished"
  | "failed"
  | "diverged"
  | "collapsed"
  | "no-gradient"
  | "solved"
  | "unstable"
  | "slow"
  | "stalled"
  | "flat";

/** What the rules are about. */
export interface CellFigures {
  readonly outcomes: readonly RunOutcome[];
  readonly seeds: number;
  readonly mark: number | undefined;
  readonly scores: readonly number[];
  readonly untrained: number;
  /** The runs that reached the mark. */
  readonly solved: readonly RunOutcome[];
  readonly trend: Trend | undefined;
}

/** Whether a run reached the mark and ended clearly below it. */
export function fellBack({ fellBack, verdict }: RunOutcome): boolean {
  return fellBack || verdict === "collapsed";
}

/** The length over which a loss counts: a twentieth of the budget. */
const WHILE = CURVE_POINTS / 20;

/** Whether a run that reached the mark was, over a twentieth of its budget, less than half of the way up to it. */
export function wasLost(outcome: RunOutcome, mark: number | undefined, untrained: number): boolean {
  const at = goalAt(outcome);
  if (mark === undefined || at === null) return false;
  const { of, returns } = outcome.curve;
  for (let from = Math.ceil((at / of) * CURVE_POINTS); from + WHILE <= returns.length; from++) {
    const seen = returns.slice(from, from + WHILE).flatMap((value) => value ?? []);
    if (seen.length > 0 && meanOf(seen) < (mark + untrained) / 2) return true;
  }
  return false;
}
