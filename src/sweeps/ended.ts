import { nearestLimit } from "../training/budget.js";
import type { RunOutcome } from "./outcome.js";

/**
 * Whether a run came to its end: by its budget, its goal or an error, or because nothing more could become of it. A run that
 * was interrupted did not, so it tells nothing about its settings.
 */
export function hasEnded({ end, verdict }: RunOutcome): boolean {
  return end !== "stopped" || verdict === "collapsed" || verdict === "no-gradient";
}

/** Whether a run reached its goal: the environment's mark, or before the end of its budget the average of `until`. */
export function reachedGoal(outcome: RunOutcome): boolean {
  const { solvedAtEpisode, until, end, config } = outcome;
  if (solvedAtEpisode !== null) return true;
  return until !== null && end === "finished" && nearestLimit(config, outcome).share < 1;
}

/** When a run reached its goal, in what its budget counts; null if it did not. */
export function goalAt(outcome: RunOutcome): number | null {
  const { curve, solvedAtEpisode, solvedAtStep } = outcome;
  if (solvedAtEpisode !== null) return curve.counts === "steps" ? solvedAtStep : solvedAtEpisode;
  return reachedGoal(outcome) ? outcome[curve.counts] : null;
}
