import type { SavedRun } from "../node/saved-run.js";
import type { RunResult, Update } from "../training/types.js";

/** How a run ended, for whoever shows it. */
export interface Ending {
  readonly result: RunResult;
  /** `interrupted`: by a signal, or because whoever read the output is gone. */
  readonly status: "finished" | "interrupted";
  readonly seconds: number;
}

/** Something that shows a run while it goes on: for a person at a terminal, in plain lines, or as JSON. */
export interface RunView {
  begin(run: SavedRun): void;
  update(update: Update): void;
  /** Called several times a second, whether anything happened or not. */
  tick(): void;
  end(ending: Ending): void;
  /** The run failed; whoever reads standard error is told by others. */
  abandon(error: Error): void;
}

/** Where a view writes: `process.stdout`, or something of a test's own. */
export interface Output {
  write(text: string): unknown;
}
