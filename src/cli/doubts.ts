import { join } from "node:path";
import { findingsOf } from "../doctor/run/diagnose.js";
import { RunFigures } from "../doctor/run/run-figures.js";
import type { LogSink } from "../node/logs/log-sink.js";
import { streamMetrics } from "../node/metrics.js";
import { METRICS } from "../node/run-folder.js";
import type { SavedRun } from "../node/saved-run.js";
import type { RunResult, Update } from "../training/types.js";

/** The figures of a longer run would take memory without end. `ascent doctor` reads its log all the same. */
const MOST_UPDATES = 20_000;

/** Follows a run, so that its log need not be read again for the doctor's findings about it. */
export class Doubts implements LogSink {
  private figures: RunFigures | undefined;

  /** Takes what the run has logged so far, if it goes on from there. */
  begin({ folder, training }: SavedRun): void {
    const { config, rewardThreshold, policy, updates } = training;
    if (updates > MOST_UPDATES) return;
    const before = updates === 0 ? [] : streamMetrics(join(folder, METRICS));
    this.figures = new RunFigures({ config, rewardThreshold, actionSpace: policy.actionSpace, updates: before });
  }

  write(update: Update): void {
    if (update.update > MOST_UPDATES) this.figures = undefined;
    this.figures?.add(update);
  }

  /** The names of the doctor's gravest findings, of a run that is not solved; empty if there are none. */
  about({ verdict }: RunResult): string {
    if (verdict.kind === "solved" || this.figures === undefined) return "";
    const grave = findingsOf(this.figures).filter(({ severity }) => severity !== "note");
    return grave
      .map(({ code }) => code)
      .slice(0, 2)
      .join(", ");
  }
}
