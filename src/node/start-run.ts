/** Starts a run in a new folder, or resumes one from its folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { taskNameOf } from "../language/run/task-name.js";
import { extendedConfig, type ResumeOptions } from "../training/extended-config.js";
import type { RunRecord } from "../training/run-record.js";
import { type ResumeParts, restart, resumeTo } from "../training/train.js";
import type { ResolvedConfig, SavableRun, Training } from "../training/types.js";
import { checkResumeOptions, checkStartOptions } from "./check-options.js";
import { evalEnvOf, type MakeEvalEnv, resolveEvaluation } from "./evaluation-options.js";
import { Evaluations } from "./evaluations.js";
import { FileError } from "./file-error.js";
import { takeLock } from "./lock.js";
import { checkLogs } from "./logs/log-names.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { CHECKPOINT, createFolder, EVALUATIONS, findRecord, WEIGHTS } from "./run-folder.js";
import { RECORD, readRecord, versions, writeRecord } from "./run-record.js";
import { resumedEnd } from "./same-run.js";
import type { SaveOptions, Saving, StartOptions } from "./save-options.js";
import { SavedRun } from "./saved-run.js";

/**
 * Starts to save a new run of `train`. Advance the saved run from then on, not the training.
 *
 * @throws ConfigError for an option that is unknown or out of range, an `out` that is not empty, or a run that has done
 * updates already; EnvironmentError where its environment can't be saved. No folder is made then @throws FileError
 */
export function startRun(training: Training, options: StartOptions = {}): SavedRun {
  checkStartOptions(options);
  requireSavable(training);
  const evaluation = resolveEvaluation(options);
  return startSaving(training, options, evaluation, evaluationsOf(training, evaluation, options.evalEnv));
}

/** As `startRun`, for a run of any kind. */
export function startSaving<Run extends SavableRun>(
  training: Run,
  { out, from, imports, until, checkpointSeconds, log = [] }: StartOptions,
  evaluation: RunRecord["evaluation"] = null,
  evaluations?: Saving["evaluations"],
): SavedRun<Run> {
  const record: RunRecord = {
    config: training.config,
    imports: imports ?? [],
    from: from ?? null,
    until: until ?? null,
    extensions: [],
    logs: namesOf(log),
    evaluation,
    status: "running",
    saved: false,
    error: null,
    errorName: null,
    result: null,
    started: new Date().toISOString(),
    ended: null,
    seconds: 0,
    versions: versions(),
  };
  const { folder, lock } = createFolder(record, out);
  try {
    const run = new SavedRun(training, folder, lock, record, { checkpointSeconds, log, evaluations });
    // Weights and preferences to start from are saved only in a checkpoint; without one, the run could not be restarted.
    if (training.config.from !== null || training.config.envOptions.judge === "given") run.save();
    return run;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens the evaluations that the record of a run has, if it has any. */
function evaluationsOf(
  training: Training,
  evaluation: RunRecord["evaluation"],
  evalEnv: MakeEvalEnv | undefined,
): Saving["evaluations"] {
  if (evaluation === null) return undefined;
  const make = evalEnvOf(training, evaluation, evalEnv);
  return (folder, reached) => new Evaluations(join(folder, EVALUATIONS), training, evaluation, make, reached);
}

/**
 * Resumes the run in `folder` from its checkpoint, or restarts it if it was killed before its first checkpoint. It writes
 * the same bytes as without the stop. See `resume` for the effect of another budget.
 *
 * @throws ConfigError if there is no run, or for an option that is unknown or out of range
 * @throws FileError if its checkpoint is lost, or record, checkpoint and log are not of one run. They are left as they are
 * @throws CorruptFileError
 */
export function resumeRun(folder: string, options: SaveOptions & ResumeOptions & ResumeParts = {}): SavedRun {
  checkResumeOptions(options);
  const { checkpointSeconds, until, imports, log, evalEnv, ...how } = options;
  return resumeSaving(folder, { checkpointSeconds, until, imports, log }, (found) => {
    if (taskNameOf(found.config) !== undefined) {
      const allowed =
        "a run on an environment; this one is on a language task: resumeLanguageRun, or ascent rlhf --resume";
      throw new ConfigError({ field: "resume", given: folder, allowed });
    }
    const training = restoreTraining(folder, found, how);
    return { training, evaluations: evaluationsOf(training, found.evaluation, evalEnv) };
  });
}

/** As `resumeRun`, for a run of any kind, which `restore` makes from its record. */
export function resumeSaving<Run extends SavableRun>(
  folder: string,
  { checkpointSeconds, until, imports, log: given }: SaveOptions,
  restore: (found: RunRecord) => { readonly training: Run; readonly evaluations?: Saving["evaluations"] },
): SavedRun<Run> {
  findRecord(folder);
  const lock = takeLock(folder);
  try {
    const found = readRecord(folder);
    const log = given ?? found.logs;
    checkLogs(log);
    const { training, evaluations } = restore(found);
    const record: RunRecord = {
      ...found,
      config: training.config,
      imports: imports ?? found.imports,
      until: until === undefined ? found.until : until,
      extensions: extensions(found, training),
      logs: namesOf(log),
      status: "running",
      error: null,
      errorName: null,
      ended: null,
    };
    const run = new SavedRun(training, folder, lock, record, { checkpointSeconds, log, evaluations });
    writeRecord(folder, record);
    return run;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The logs that a record can name. */
function namesOf(log: NonNullable<SaveOptions["log"]>): string[] {
  return log.filter((one) => typeof one === "string");
}

/** @throws ConfigError for a run whose log would have lost updates. `start` is the function that was called */
export function requireFresh({ updates }: SavableRun, start: string): void {
  if (updates === 0) return;
  const allowed = `a run without updates, as they are all logged: call ${start} before the first one is made`;
  throw new ConfigError({ field: "training", given: `a run after update ${updates}`, allowed });
}

/** Refuses a run that could only fail later: its log has lost updates, or its environment can't be saved. */
function requireSavable(training: Training): void {
  if (typeof training?.advance !== "function")
    throw new ConfigError({ field: "training", given: training, allowed: "what train() returns" });
  requireFresh(training, "startRun");
  const save = () => (training.resumable ? training.checkpoint() : training.weights());
  try {
    save();
  } catch {
    // An environment may have no state before its first reset, which comes with the first step. Here, one can't wait for
    // that of an asynchronous one.
    if (training.asynchronous) return;
    training.advance(1);
    save();
  }
}

/** The training in a folder, from its checkpoint or, before the first, from its settings. */
export function restoreTraining(
  folder: string,
  record: RunRecord,
  { episodes, steps, stopWhenSolved, ...parts }: ResumeParts & ResumeOptions,
): Training {
  const path = join(folder, CHECKPOINT);
  const end = { episodes, steps, stopWhenSolved };
  const endFor = (saved: ResolvedConfig) => resumedEnd(join(folder, RECORD), record, saved, end);
  if (existsSync(path)) return readCheckpoint(path, (bytes) => resumeTo(bytes, endFor, parts));
  requireNeverSaved(folder, record);
  return restart(extendedConfig(record.config, end, { episodes: 0, steps: 0 }), parts);
}

/** Refuses to begin anew where there was a checkpoint. @throws ConfigError @throws FileError */
export function requireNeverSaved(folder: string, record: RunRecord): void {
  if (existsSync(join(folder, WEIGHTS))) {
    const allowed =
      "a run whose environment has snapshot() and restore(); a new run can begin with its weights: --from";
    throw new ConfigError({ field: "resume", given: folder, allowed });
  }
  // A run that has a result was saved when it was closed.
  if (record.saved || record.result !== null) {
    const advice =
      "put it back from a copy, or begin a new run, perhaps with the best policy of this one (--from, --policy best)";
    throw new FileError(join(folder, CHECKPOINT), `is missing, though this run has had one: ${advice}`);
  }
}

/** The budgets that a run was resumed with, including the current one. */
function extensions({ config, extensions: before }: RunRecord, training: SavableRun): RunRecord["extensions"] {
  const { episodes, steps } = training.config;
  if (episodes === config.episodes && steps === config.steps) return before;
  return [...before, { atStep: training.result().steps, episodes, steps }];
}
