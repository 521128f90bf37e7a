import type { ResolvedConfig, Update } from "../../training/types.js";
import type { RunEvaluation } from "../evaluation-log.js";
import type { Beginning } from "./scalars.js";

/** Where the updates of a saved run go, besides `metrics.jsonl`. An error that it throws ends the run. */
export interface LogSink {
  /** Every update, in order. A run that was killed writes those after its last checkpoint again when it is resumed. */
  write(update: Update): void;
  /** Every evaluation of a run that has them, after the update whose policy played. */
  evaluated?(evaluation: RunEvaluation): void;
  /** Called before each checkpoint, and several times a second: writes what is kept in memory. */
  flush?(): void;
  /** Called once, when the run is closed or has failed. */
  close?(): void;
}

/** What a registered log is opened for. */
export interface LoggedRun extends Beginning {
  readonly folder: string;
  readonly config: ResolvedConfig;
  /** The updates done so far: 0 for a new run. What comes after them will be written again. */
  readonly updates: number;
}
