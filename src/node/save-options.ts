import { optional, real, text } from "../options.js";
import type { RunImport } from "../training/run-record.js";
import { threadOptions } from "./threads/thread-options.js";

/** How a run is saved, and when it ends. */
export interface SaveOptions {
  /** Seconds between checkpoints; 0: after every piece of work. By default 5, and more where checkpoints are slow. */
  readonly checkpointSeconds?: number | undefined;
  /** Ends the run when the last 100 episodes average this much; null for no such end. A resumed run keeps the one it had. */
  readonly until?: number | null | undefined;
  /** Modules that register the run's environment or algorithm. They have to be imported before the run is loaded again. */
  readonly imports?: readonly RunImport[] | undefined;
}

/** Options of a new run. */
export interface StartOptions extends SaveOptions {
  /** A new or empty folder. Default: `runs/<name>`. */
  readonly out?: string | undefined;
  /** The path of the file that `from` in the config was read from. */
  readonly from?: string | undefined;
}

/** How a run is saved, and its number of threads. None of this affects results. `ascent train` derives flags from it. */
export const saveOptions = {
  out: optional(
    text("", { meaning: "a folder that is new or empty", help: "folder of the run; runs/<name> otherwise" }),
  ),
  ...threadOptions,
  checkpointSeconds: optional(
    real(5, {
      min: 0,
      help: "seconds between checkpoints; by default 5, and more where they would cost over 2.5 % of the time",
    }),
  ),
};
