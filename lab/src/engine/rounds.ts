/** Shares one thread among the runs: each in turn does a slice, and the page hears of all of them ten times a second. */

import { hearMessages } from "../hear-messages.js";
import type { FromEngine, RunId } from "../protocol.js";
import type { LabRun } from "./lab-run.js";

/** Milliseconds between two reports of a run. */
const REPORT = 100;
/** Milliseconds of work of one run before the next has its turn. */
const TURN = 8;

export class Rounds {
  private readonly runs: ReadonlyMap<RunId, LabRun>;
  private readonly post: (message: FromEngine) => void;
  private readonly noteError: (error: unknown) => void;
  private going = false;
  private readonly reported = new Map<RunId, number>();
  /** When a run with a pace of so many updates a second may begin its next update. */
  private readonly due = new Map<RunId, number>();

  constructor(
    runs: ReadonlyMap<RunId, LabRun>,
    post: (message: FromEngine) => void,
    /** Is told why a run failed, before the page is. */
    noteError: (error: unknown) => void = () => {},
  ) {
    this.runs = runs;
    this.post = post;
    this.noteError = noteError;
  }

  /** Goes on, if there is something to do. */
  wake(): void {
    if (this.going) return;
    this.going = true;
    void this.go().finally(() => (this.going = false));
  }

  private async go(): Promise<void> {
    while ([...this.runs.values()].some(({ busy }) => busy)) {
      let wait = Number.POSITIVE_INFINITY;
      for (const [id, run] of this.runs) {
        if (!run.busy) continue;
        const now = performance.now();
        const due = run.owed === undefined && typeof run.pace === "number" ? (this.due.get(id) ?? 0) : 0;
        if (due > now) wait = Math.min(wait, due - now);
        else {
          wait = 0;
          await this.turn(id, run);
        }
      }
      await pause(Math.min(wait, REPORT));
    }
  }

  private async turn(id: RunId, run: LabRun): Promise<void> {
    const start = performance.now();
    try {
      while (run.busy && performance.now() - start < TURN) {
        const single = run.owed !== undefined;
        const complete = await run.advance();
        if (complete && typeof run.pace === "number") {
          this.due.set(id, start + 1000 / run.pace);
          break;
        }
        if (single) break;
      }
    } catch (error) {
      run.pace = "paused";
      run.owed = undefined;
      this.report(id, run);
      this.noteError(error);
      this.post({ type: "failed", run: id, message: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (run.finished || !run.busy || performance.now() - (this.reported.get(id) ?? 0) >= REPORT) this.report(id, run);
  }

  /** Tells the page what happened since the last report. */
  report(id: RunId, run: LabRun): void {
    this.reported.set(id, performance.now());
    this.post({ type: "progress", run: id, progress: run.progress() });
  }
}

function pause(milliseconds: number): Promise<void> {
  return milliseconds > 0 ? new Promise((resolve) => void setTimeout(resolve, milliseconds)) : hearMessages();
}
