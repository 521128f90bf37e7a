/** The outcome of a run, from its record and its updates. */

import { Progress, SHORT_WINDOW } from "../training/progress.js";
import type { RunRecord } from "../training/run-record.js";
import type { ResolvedConfig, Update } from "../training/types.js";
import { markOf } from "./mark.js";
import { meanOrNull } from "./moments.js";
import { CURVE_POINTS, type Curve, type RunOutcome } from "./outcome.js";
import { runId } from "./plan.js";

/** The share of the episodes, at the end of a run, that the score is the mean of. */
const FINAL_SHARE = 0.1;

/**
 * What is kept of a run. The updates are those of its log, from the first. The mark of an environment that isn't registered is
 * not known: such a run counts as solved where its record says so, and never as fallen back.
 */
export function outcomeOf(record: RunRecord, updates: Iterable<Update>): RunOutcome {
  const { config, until, error } = record;
  const progress = new Progress(markOf(config, null), 0);
  const curve = new CurveMeans(config);
  const returns: number[] = [];
  const lastSteps: number[] = [];
  let steps = 0;
  for (const update of updates) {
    progress.add(update.returns);
    curve.add(update);
    for (const value of update.returns) returns.push(value);
    for (const step of update.lastSteps) lastSteps.push(step);
    steps = update.steps;
  }
  const end = endOf(record);
  // A run that ended by an error has no result, or that of a time before it was resumed.
  const result = end === "finished" || end === "stopped" ? record.result : null;
  const solvedAtEpisode = result === null ? progress.solvedAtEpisode : result.solvedAtEpisode;
  const untrainedReturn = meanOrNull(returns.slice(0, SHORT_WINDOW));
  const last = Math.max(SHORT_WINDOW, Math.ceil(FINAL_SHARE * returns.length));
  return {
    id: runId(config, until),
    config,
    until,
    end,
    error,
    verdict: result?.verdict.kind ?? (solvedAtEpisode === null ? "unfinished" : "solved"),
    solvedAtEpisode,
    solvedAtStep: solvedAtEpisode === null ? null : (lastSteps[solvedAtEpisode - 1] ?? null),
    fellBack: progress.solvedAtEpisode !== null && progress.worse(),
    episodes: returns.length,
    steps,
    untrainedReturn,
    finalReturn: end === "diverged" ? untrainedReturn : meanOrNull(returns.slice(-last)),
    curve: curve.curve(),
    weightsSha256: result?.weightsSha256 ?? null,
  };
}

function endOf({ status, errorName }: RunRecord): RunOutcome["end"] {
  if (status === "finished") return "finished";
  if (status === "failed") return errorName === "NotFiniteError" ? "diverged" : "failed";
  return "stopped";
}

/** Adds up the returns of each part of a budget. */
class CurveMeans {
  private readonly counts: Curve["counts"];
  private readonly of: number;
  private readonly totals: number[] = [];
  private readonly episodes: number[] = [];
  private done = 0;
  private parts = 0;

  constructor({ steps, episodes }: ResolvedConfig) {
    this.counts = steps === null ? "episodes" : "steps";
    this.of = (steps ?? episodes) as number;
  }

  add(update: Update): void {
    update.returns.forEach((value, i) => {
      const part = this.partOf(this.counts === "steps" ? update.lastSteps[i] : this.done + 1);
      this.totals[part] = (this.totals[part] ?? 0) + value;
      this.episodes[part] = (this.episodes[part] ?? 0) + 1;
      this.done++;
    });
    this.parts = this.partOf(this.counts === "steps" ? update.steps : update.episodes) + 1;
  }

  curve(): Curve {
    const returns = Array.from({ length: this.parts }, (_, part) =>
      this.episodes[part] === undefined ? null : this.totals[part] / this.episodes[part],
    );
    return { counts: this.counts, of: this.of, returns };
  }

  /** The last update may go beyond the budget. What it does there belongs to the last part. */
  private partOf(count: number): number {
    return Math.min(CURVE_POINTS, Math.max(1, Math.ceil((count * CURVE_POINTS) / this.of))) - 1;
  }
}
