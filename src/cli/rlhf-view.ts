import type { Assessment } from "../language/run/assess.js";
import type { LanguageTraining } from "../language/run/language-training.js";
import type { SavedRun } from "../node/saved-run.js";
import type { RunResult, Update } from "../training/types.js";

/** How a run on a language task ended. */
export interface RlhfEnding {
  readonly result: RunResult;
  readonly status: "finished" | "interrupted";
  readonly seconds: number;
  /** Of a finished run. */
  readonly assessment: Assessment | undefined;
}

/** Shows a run on a language task while it goes on. */
export interface RlhfView {
  begin(run: SavedRun<LanguageTraining>): void;
  update(update: Update): void;
  /** Called several times a second, with or without updates. */
  tick(): void;
  end(ending: RlhfEnding): void;
  /** The run failed. The program prints the error to standard error itself. */
  abandon(error: Error): void;
}
