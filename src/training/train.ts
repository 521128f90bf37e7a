/**
 * The functions that start, resume and load runs, with Ascent's own environments and algorithms registered. Training
 * prints nothing, writes nothing and reads no clock: the caller iterates, prints, saves and stops.
 *
 *   for (const update of train({ env: "CartPole-v1" })) console.log(update.averageReturn);
 */

import type { AlgorithmChoice } from "../algorithms/known-algorithms.js";
import { registerBuiltIns } from "./built-ins.js";
import type { ResumeOptions } from "./extended-config.js";
import * as start from "./start.js";
import type { TrainParts } from "./train-parts.js";
import type { EnvChoice, NamedConfig, ResolvedConfig, TrainConfig, Training, TrainingIn } from "./types.js";

export { loadPolicy } from "./load-policy.js";
export type { ResumeParts } from "./start.js";

/** Starts a run. @throws ConfigError naming the field, for anything unknown or out of range */
export function train<A extends AlgorithmChoice = "reinforce", E extends EnvChoice = "CartPole-v1">(
  config?: TrainConfig<A, E>,
  parts?: TrainParts,
): TrainingIn<E>;
export function train(config: NamedConfig = {}, parts?: TrainParts): Training {
  return trainNamed(config, parts);
}

/** As `train`, for names and options that are known only at run time, such as those of a command line. */
export function trainNamed(config?: NamedConfig, parts?: TrainParts): Training {
  registerBuiltIns();
  return start.trainNamed(config, parts);
}

/**
 * Resumes a run from the bytes of `checkpoint()`, with the same bits as without the stop. With another budget, the run
 * becomes longer or shorter, and settings that change over a run follow the new budget from there on.
 *
 * @throws CorruptFileError if the bytes are not such a checkpoint
 * @throws ConfigError if the environment or the algorithm is neither registered nor passed in, if the environment has other
 * spaces than it had, if a function of progress (`schedules`) is missing or has other values than it had, or if the new
 * budget is below what the run has already done
 */
export function resume(bytes: Uint8Array, parts?: start.ResumeParts & ResumeOptions): Training {
  registerBuiltIns();
  return start.resume(bytes, parts);
}

/** As `resume`, to the end that `endFor` chooses for the saved settings. It may throw to refuse them. */
export function resumeTo(
  bytes: Uint8Array,
  endFor: (saved: ResolvedConfig) => ResumeOptions,
  parts?: start.ResumeParts,
): Training {
  registerBuiltIns();
  return start.resumeTo(bytes, endFor, parts);
}

/**
 * Restarts a run from its settings, for a run that was stopped before its first checkpoint.
 *
 * @throws ConfigError as `resume`, and if the run started from the weights of another one
 */
export function restart(config: ResolvedConfig, parts?: start.ResumeParts): Training {
  registerBuiltIns();
  return start.restart(config, parts);
}
