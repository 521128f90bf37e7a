import { optional, real, text } from "../options.js";
import type { RunImport } from "../training/run-record.js";
import type { Update } from "../training/types.js";
import type { EvaluationOptions, MakeEvalEnv } from "./evaluation-options.js";
import type { Evaluations } from "./evaluations.js";
import type { LogSink } from "./logs/log-sink.js";
import { threadOptions } from "./threads/thread-options.js";

/** How a run is saved, and when it ends. */
export interface SaveOptions {
  /** Seconds between checkpoints; 0: after every piece of work. By default 5, and more where checkpoints are slow. */
  readonly checkpointSeconds?: number | undefined;
  /** Ends the run when the last 100 episodes average this much; null for no such end. A resumed run keeps the one it had. */
  readonly until?: number | null | undefined;
  /** Modules that register the run's environment or algorithm. They have to be imported before the run is loaded again. */
  readonly imports?: readonly RunImport[] | undefined;
  /**
   * Where updates go besides `metrics.jsonl`: names such as "tensorboard" and "csv", and sinks of your own. A resumed run
   * keeps its names, unless `log` is given; it can't keep sinks.
   */
  readonly log?: readonly (string | LogSink)[] | undefined;
  /**
   * Makes the environments of evaluations. By default they are made as those of the run; needed where those were given by a
   * function, also when such a run is resumed.
   */
  readonly evalEnv?: MakeEvalEnv | undefined;
}

/** Options of a new run. */
export interface StartOptions extends SaveOptions, EvaluationOptions {
  /** A new or empty folder. Default: `runs/<name>`. */
  readonly out?: string | undefined;
  /** The path of the file that `from` in the config was read from. */
  readonly from?: string | undefined;
}

/** What a saved run needs besides its record. */
export interface Saving {
  readonly checkpointSeconds?: number | undefined;
  /** Names of logs, and sinks. */
  readonly log: readonly (string | LogSink)[];
  /** Opens the evaluations of a run whose record has some, in its folder. `reached` is the update after which it goes on. */
  readonly evaluations?: ((folder: string, reached: Update | undefined) => Evaluations) | undefined;
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
