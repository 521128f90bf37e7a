import type { SweepNews } from "../node/sweeps/task.js";
import type { RunOutcome } from "../sweeps/outcome.js";
import type { PlannedRun, SweepPlan } from "../sweeps/plan.js";
import type { SweepSummary } from "../sweeps/summary.js";

/** Shows a sweep while it runs: in a terminal, as plain lines, or as JSON. */
export interface SweepView {
  /** `outcomes` grows as runs end, before `news` is called. */
  begin(sweep: ShownSweep): void;
  news(news: SweepNews): void;
  /** Shows a message that is not part of the results, such as that a queue is away. */
  note(message: string): void;
  /** Called several times a second. */
  tick(): void;
  end(ending: SweepEnding): void;
}

export interface ShownSweep {
  readonly folder: string;
  readonly plan: SweepPlan;
  readonly runs: readonly PlannedRun[];
  /** By the id of their run, those of earlier sessions included. */
  readonly outcomes: ReadonlyMap<string, RunOutcome>;
}

export interface SweepEnding {
  readonly summary: SweepSummary;
  readonly status: "finished" | "interrupted";
  readonly seconds: number;
  /** Messages of runs that could not be trained, by their ids. */
  readonly broken: ReadonlyMap<string, string>;
  /** Flags that the command to go on needs, such as ` --queue env`. */
  readonly flags: string;
}
