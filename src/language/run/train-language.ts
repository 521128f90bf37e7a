/** The functions that start and resume runs on language tasks. */

import { ConfigError } from "../../errors.js";
import { CorruptFileError } from "../../formats/safetensors.js";
import { decodeCheckpoint } from "../../training/checkpoint.js";
import { requireBytes } from "../../training/require-bytes.js";
import { isConfig } from "../../training/run-record.js";
import type { ResolvedConfig } from "../../training/types.js";
import { requireSameBytes, understood } from "../../training/understood.js";
import { type LanguageCode, type LanguageConfig, setUpLanguage, setUpLanguageAgain } from "./language-config.js";
import { isLanguageModel } from "./language-model.js";
import { LanguageRun } from "./language-run.js";
import type { LanguageTraining } from "./language-training.js";
import { taskNameOf } from "./task-name.js";

/**
 * Starts a run from texts to a tuned model. It prints nothing, writes nothing and reads no clock, as `train`:
 *
 *   for (const update of trainLanguage({ task: "sort" })) console.log(update.averageReturn);
 *
 * @throws ConfigError naming the field, for anything unknown or out of range
 */
export function trainLanguage(config: LanguageConfig = {}): LanguageTraining {
  return new LanguageRun(setUpLanguage(config));
}

/**
 * Resumes a run from the bytes of `checkpoint()`, with the same bits as without the stop.
 *
 * @throws CorruptFileError if the bytes are not such a checkpoint
 * @throws ConfigError if a task, a trainer or a reward of the caller's own is missing, which a checkpoint can't hold
 */
export function resumeLanguage(bytes: Uint8Array, code: LanguageCode = {}): LanguageTraining {
  requireBytes(bytes, "what run.checkpoint() returns");
  if (isLanguageModel(bytes))
    throw new CorruptFileError("it holds a model and no run: trainLanguage({ from: bytes }) begins a new run with it");
  const checkpoint = decodeCheckpoint(bytes, "language");
  const { config } = checkpoint;
  return understood(() => {
    if (!isConfig(config) || taskNameOf(config) === undefined)
      throw new CorruptFileError("its settings are not those of a run on a language task");
    const run = new LanguageRun(setUpLanguageAgain(config, code));
    run.restore(checkpoint);
    requireSameBytes(run.checkpoint(), bytes);
    return run;
  });
}

/** Restarts a run from its settings, for one that was stopped before its first checkpoint. @throws ConfigError */
export function restartLanguage(config: ResolvedConfig, code: LanguageCode = {}): LanguageTraining {
  if (config.from !== null || config.envOptions.judge === "given") {
    const allowed = "a run with a checkpoint: this one began with weights or preferences that it has lost";
    throw new ConfigError({ field: "resume", given: "a run without a checkpoint", allowed });
  }
  return new LanguageRun(setUpLanguageAgain(config, code));
}
