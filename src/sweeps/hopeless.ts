/** Which runs of a sweep may be ended before their budget is used up. */

import { type Budget, nearestLimit, type Spent } from "../training/budget.js";
import type { Verdict } from "../training/types.js";

/** The shares of the budget at which a run is judged. */
const JUDGED_AT = [0.5, 0.75];

/**
 * Whether a run is hopeless after an update: the update took it over half or three quarters of its budget, and there its policy
 * is collapsed (almost deterministic, and no better than untrained), or none of its updates had a gradient. It follows from the
 * figures of the run alone, so that every machine ends the same runs at the same update.
 *
 * @param before what the run had done before that update
 */
export function isHopeless(budget: Budget, before: Spent, after: Spent, verdict: Verdict["kind"]): boolean {
  return isJudged(budget, before, after) && (verdict === "collapsed" || verdict === "no-gradient");
}

/** Whether a run is judged after an update. */
export function isJudged(budget: Budget, before: Spent, after: Spent): boolean {
  const from = nearestLimit(budget, before).share;
  const to = nearestLimit(budget, after).share;
  return JUDGED_AT.some((share) => from < share && share <= to);
}
