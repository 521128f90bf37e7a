/** Opens the run of a task. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runId } from "../../sweeps/plan.js";
import type { Spent } from "../../training/budget.js";
import type { RunRecord } from "../../training/run-record.js";
import { restart } from "../../training/train.js";
import { FileError, fileError } from "../file-error.js";
import { makeFolder } from "../folders.js";
import { LOCK, takeLock } from "../lock.js";
import { streamMetrics } from "../metrics.js";
import { CHECKPOINT, METRICS, WEIGHTS } from "../run-folder.js";
import { RECORD, readRecord } from "../run-record.js";
import type { SavedRun } from "../saved-run.js";
import { resumeRun, startRun } from "../start-run.js";
import type { Task } from "./task.js";

/**
 * The run of a task: a new one, or the one that was begun in its folder. Undefined if that has diverged, so that it can't go on.
 *
 * @throws FileError @throws ConfigError @throws CorruptFileError
 */
export function openRun({ id, folder, config, until, imports }: Task): SavedRun | undefined {
  makeFolder(folder);
  const record = recordIn(folder);
  if (record !== undefined && runId(record.config, record.until) !== id) throw otherRun(folder);
  if (record?.status === "failed" && record.errorName === "NotFiniteError") return undefined;
  if (record !== undefined && isExact(folder)) return resumeRun(folder, { imports });
  if (record !== undefined) empty(folder);
  return startRun(restart(config), { out: folder, until, imports });
}

/** The error of a folder into which someone has put another run. */
export function otherRun(folder: string): FileError {
  return new FileError(folder, "holds a run of other settings than the sweep trains here. Move it elsewhere");
}

/** What a run had done at its last update and at the one before. */
export function lastUpdates(folder: string, updates: number): { readonly before: Spent; readonly last: Spent } {
  let before: Spent = { episodes: 0, steps: 0 };
  let last = before;
  if (updates === 0) return { before, last };
  for (const update of streamMetrics(join(folder, METRICS))) {
    before = last;
    last = update;
    if (update.update === updates) break;
  }
  return { before, last };
}

function recordIn(folder: string): RunRecord | undefined {
  return existsSync(join(folder, RECORD)) ? readRecord(folder) : undefined;
}

/** A run whose environment can't be saved has weights in place of a checkpoint. It is trained anew, to the same bits. */
function isExact(folder: string): boolean {
  return existsSync(join(folder, CHECKPOINT)) || !existsSync(join(folder, WEIGHTS));
}

function empty(folder: string): void {
  const lock = takeLock(folder);
  try {
    for (const name of readdirSync(folder)) if (!name.startsWith(LOCK)) rmSync(join(folder, name));
  } catch (error) {
    throw fileError(folder, "can't be emptied", error);
  } finally {
    lock.release();
  }
}
