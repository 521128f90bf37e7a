/** Starts a run in a new folder, or resumes one from its folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { extendedConfig, type ResumeOptions } from "../training/extended-config.js";
import type { RunRecord } from "../training/run-record.js";
import { type ResumeParts, restart, resume } from "../training/train.js";
import type { Training } from "../training/types.js";
import { takeLock } from "./lock.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { CHECKPOINT, createFolder, findRecord, WEIGHTS } from "./run-folder.js";
import { readRecord, versions, writeRecord } from "./run-record.js";
import { SavedRun, type SaveOptions } from "./saved-run.js";

/** Options of a new run. */
export interface StartOptions extends SaveOptions {
  /** A new or empty folder. Default: `runs/<name>`. */
  readonly out?: string | undefined;
  /** The path of the file that `from` in the config was read from. */
  readonly from?: string | undefined;
}

/** Starts to save a new run of `train`. @throws ConfigError if `out` is not empty @throws FileError */
export function startRun(training: Training, { out, from, ...options }: StartOptions = {}): SavedRun {
  const record: RunRecord = {
    config: training.config,
    imports: options.imports ?? [],
    from: from ?? null,
    until: options.until ?? null,
    extensions: [],
    status: "running",
    error: null,
    result: null,
    started: new Date().toISOString(),
    ended: null,
    seconds: 0,
    versions: versions(),
  };
  const { folder, unlock } = createFolder(record, out);
  try {
    const run = new SavedRun(training, folder, unlock, record, options.checkpointSeconds);
    // Weights to start from are saved only in a checkpoint; without one, the run could not be restarted.
    if (training.config.from !== null) run.save();
    return run;
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Resumes the run in `folder` from its checkpoint, or restarts it if it was killed before its first checkpoint. It writes
 * the same bytes as without the stop. See `resume` for the effect of another budget.
 *
 * @throws ConfigError if there is no run @throws FileError @throws CorruptFileError
 */
export function resumeRun(folder: string, options: SaveOptions & ResumeOptions & ResumeParts = {}): SavedRun {
  const { checkpointSeconds, until, imports } = options;
  findRecord(folder);
  const unlock = takeLock(folder);
  try {
    const found = readRecord(folder);
    const training = restoreTraining(folder, found, options);
    const record: RunRecord = {
      ...found,
      config: training.config,
      imports: imports ?? found.imports,
      until: until === undefined ? found.until : until,
      extensions: extensions(found, training),
      status: "running",
      error: null,
      ended: null,
    };
    const run = new SavedRun(training, folder, unlock, record, checkpointSeconds);
    writeRecord(folder, record);
    return run;
  } catch (error) {
    unlock();
    throw error;
  }
}

function restoreTraining(
  folder: string,
  { config }: RunRecord,
  { episodes, steps, stopWhenSolved, ...parts }: ResumeParts & ResumeOptions,
): Training {
  const path = join(folder, CHECKPOINT);
  const end = { episodes, steps, stopWhenSolved };
  if (existsSync(path)) return readCheckpoint(path, (bytes) => resume(bytes, { ...parts, ...end }));
  if (existsSync(join(folder, WEIGHTS))) {
    const allowed =
      "a run whose environment has snapshot() and restore(); a new run can begin with its weights: --from";
    throw new ConfigError({ field: "resume", given: folder, allowed });
  }
  return restart(extendedConfig(config, end, { episodes: 0, steps: 0 }), parts);
}

/** The budgets that a run was resumed with, including the current one. */
function extensions({ config, extensions: before }: RunRecord, training: Training): RunRecord["extensions"] {
  const { episodes, steps } = training.config;
  if (episodes === config.episodes && steps === config.steps) return before;
  return [...before, { atStep: training.result().steps, episodes, steps }];
}
