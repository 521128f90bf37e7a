import type { RunEvaluation } from "../node/evaluation-log.js";
import type { SavedRun } from "../node/saved-run.js";
import type { RunResult, Update } from "../training/types.js";

/** How a run ended, as views show it. */
export interface Ending {
  readonly result: RunResult;
  /** `interrupted`: by a signal, or because standard output was closed. */
  readonly status: "finished" | "interrupted";
  readonly seconds: number;
  /** The names of the doctor's gravest findings; empty if there are none. */
  readonly doubts: string;
}

/** Shows a run while it trains: in a terminal, as plain lines, or as JSON. */
export interface RunView {
  /** A long log of a resumed run takes time to read; it is given up as soon as `stopped` says so. */
  begin(run: SavedRun, stopped: () => boolean): void | Promise<void>;
  update(update: Update): void;
  /** The policy of the last update was evaluated. */
  evaluated(evaluation: RunEvaluation): void;
  /** Called several times a second, with or without updates. */
  tick(): void;
  end(ending: Ending): void;
  /** The run failed. The program prints the error to standard error itself. */
  abandon(error: Error): void;
}

/** Where a view writes: `process.stdout`, or a test's own object. */
export interface Output {
  write(text: string): unknown;
}
