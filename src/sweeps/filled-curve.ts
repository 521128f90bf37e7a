import { CURVE_POINTS, type RunOutcome } from "./outcome.js";

/**
 * A run's curve for means over seeds, with a value in each part of the budget from its first episode on; NaN before. A part in
 * which no episode ended has the value of the part before. After its end a run that was solved, or stopped, keeps its last
 * value. One that diverged or failed goes on as untrained, so that the mean ends where the scores do.
 */
export function filledCurve({ curve: { returns }, end, untrainedReturn }: RunOutcome): number[] {
  const broke = end === "diverged" || end === "failed";
  let last = Number.NaN;
  return Array.from({ length: CURVE_POINTS }, (_, i) => {
    if (i < returns.length) last = returns[i] ?? last;
    else if (broke) last = untrainedReturn ?? Number.NaN;
    return last;
  });
}
