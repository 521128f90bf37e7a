/** Starts a run on a language task in a new folder, or resumes one from its folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../errors.js";
import type { LanguageCode } from "../../language/run/language-config.js";
import type { LanguageTraining } from "../../language/run/language-training.js";
import { taskNameOf } from "../../language/run/task-name.js";
import { restartLanguage, resumeLanguage } from "../../language/run/train-language.js";
import { requireKnown } from "../../options.js";
import { FileError } from "../file-error.js";
import { readCheckpoint } from "../read-checkpoint.js";
import { CHECKPOINT, findRecord } from "../run-folder.js";
import { RECORD } from "../run-record.js";
import { difference } from "../same-run.js";
import type { SaveOptions, StartOptions } from "../save-options.js";
import type { SavedRun } from "../saved-run.js";
import { requireFresh, requireNeverSaved, resumeSaving, startSaving } from "../start-run.js";

const OF_BOTH = ["checkpointSeconds", "until", "imports", "log"] as const;
type LanguageSaveOptions = Pick<SaveOptions, (typeof OF_BOTH)[number]>;

/**
 * Starts to save a new run of `trainLanguage`. Advance the saved run from then on, not the training.
 *
 * @throws ConfigError for an option that is unknown, an `out` that is not empty, or a run that has done updates @throws FileError
 */
export function startLanguageRun(
  training: LanguageTraining,
  options: LanguageSaveOptions & Pick<StartOptions, "out"> = {},
): SavedRun<LanguageTraining> {
  requireKnown(options, ["out", ...OF_BOTH]);
  requireFresh(training, "startLanguageRun");
  return startSaving(training, options);
}

/**
 * Resumes the run in `folder` from its checkpoint, or restarts it if it was killed before its first one. It writes the same bytes as
 * without the stop.
 *
 * @throws ConfigError if there is no such run @throws FileError @throws CorruptFileError
 */
export function resumeLanguageRun(
  folder: string,
  { task, trainer, reward, rewardSeconds, judge, schedules, ...options }: LanguageSaveOptions & LanguageCode = {},
): SavedRun<LanguageTraining> {
  requireKnown(options, OF_BOTH);
  const code = { task, trainer, reward, rewardSeconds, judge, schedules };
  if (taskNameOf(findRecord(folder).config) === undefined) {
    const allowed = "the folder of a run on a language task; resumeRun opens this one";
    throw new ConfigError({ field: "folder", given: folder, allowed });
  }
  return resumeSaving(folder, options, (found) => {
    const path = join(folder, CHECKPOINT);
    if (!existsSync(path)) {
      requireNeverSaved(folder, found);
      return { training: restartLanguage(found.config, code) };
    }
    const training = readCheckpoint(path, (bytes) => resumeLanguage(bytes, code));
    const different = difference("config", found.config, training.config);
    if (different === undefined) return { training };
    throw new FileError(join(folder, RECORD), `is not of the same run as the checkpoint beside it: ${different}`);
  });
}
