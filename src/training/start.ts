/**
 * Starts and resumes runs of registered environments and algorithms. `train.ts` has these functions with Ascent's own
 * registered, and `ascent/lean` has them as they are.
 */

import type { AlgorithmChoice } from "../algorithms/known-algorithms.js";
import { ConfigError } from "../errors.js";
import { CorruptFileError } from "../formats/safetensors.js";
import { type Checkpoint, decodeCheckpoint } from "./checkpoint.js";
import type { ResumeOptions } from "./extended-config.js";
import { requireBytes } from "./require-bytes.js";
import { Run } from "./run.js";
import { isConfig } from "./run-record.js";
import type { RunState } from "./run-state.js";
import { requireSameSpaces } from "./same-spaces.js";
import { type Code, type Setup, setUp, setUpAgain } from "./setup.js";
import type { TrainParts } from "./train-parts.js";
import type { EnvChoice, NamedConfig, ResolvedConfig, TrainConfig, Training, TrainingIn } from "./types.js";
import { requireSameBytes, understood } from "./understood.js";

/** Arguments of `resume` that a checkpoint can't contain. */
export type ResumeParts = TrainParts & Code;

/** Starts a run. @throws ConfigError naming the field, for anything unknown or out of range */
export function train<A extends AlgorithmChoice = "reinforce", E extends EnvChoice = "CartPole-v1">(
  config?: TrainConfig<A, E>,
  parts?: TrainParts,
): TrainingIn<E>;
export function train(config: NamedConfig = {}, parts?: TrainParts): Training {
  return trainNamed(config, parts);
}

/** As `train`, for names and options that are known only at run time, such as those of a command line. */
export function trainNamed(config: NamedConfig = {}, parts?: TrainParts): Training {
  return new Run(setUp(config), parts);
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
export function resume(
  bytes: Uint8Array,
  { episodes, steps, stopWhenSolved, ...parts }: ResumeParts & ResumeOptions = {},
): Training {
  return resumeTo(bytes, () => ({ episodes, steps, stopWhenSolved }), parts);
}

/** As `resume`, to the end that `endFor` chooses for the saved settings. It may throw to refuse them. */
export function resumeTo(
  bytes: Uint8Array,
  endFor: (saved: ResolvedConfig) => ResumeOptions,
  { environments, gradientNoise, ...code }: ResumeParts = {},
): Training {
  requireBytes(bytes, "what run.checkpoint() returns");
  const checkpoint = decodeCheckpoint(bytes, "run");
  const end = endFor(checkpoint.config);
  const resumed = understood(() => {
    const run = new Run(setUpFor(checkpoint, code), { environments, gradientNoise });
    const state = checkpoint.state as unknown as RunState;
    requireSameSpaces(run.policy, checkpoint.policy ?? state.spaces);
    run.restore(state, checkpoint.arrays);
    requireSameBytes(run.checkpoint(), bytes);
    return run;
  });
  resumed.extend(end);
  return resumed;
}

/**
 * Restarts a run from its settings, for a run that was stopped before its first checkpoint.
 *
 * @throws ConfigError as `resume`, and if the run started from the weights of another one
 */
export function restart(config: ResolvedConfig, { environments, gradientNoise, ...code }: ResumeParts = {}): Training {
  if (config.from !== null) {
    const allowed = "a run with a checkpoint: this one began with the weights of another, which it has lost";
    throw new ConfigError({ field: "resume", given: "a run without a checkpoint", allowed });
  }
  return new Run(setUpAgain(config, code), { environments, gradientNoise });
}

/** The setup of a checkpoint. */
function setUpFor({ config: claimed, ...held }: Checkpoint, code: Code): Setup {
  if (!isConfig(claimed)) throw new CorruptFileError("its settings are not those of a run");
  return { ...setUpAgain(claimed, code), held };
}
