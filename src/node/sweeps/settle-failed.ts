/**
 * Gives a run that has failed the checkpoint of its last update. The one that it has is of whatever time it was saved at, and a
 * sweep has to end with the same bytes whenever it was stopped and resumed.
 */

import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { RunRecord } from "../../training/run-record.js";
import { restart } from "../../training/train.js";
import type { Training, Update } from "../../training/types.js";
import { takeLock } from "../lock.js";
import { streamMetrics } from "../metrics.js";
import { CHECKPOINT, METRICS, WEIGHTS } from "../run-folder.js";
import { readRecord } from "../run-record.js";
import { restoreTraining } from "../start-run.js";
import { writeAtomically } from "../write-file.js";

/** Returns false if it was stopped before it was through. @throws FileError @throws CorruptFileError */
export async function settleFailed(folder: string, stopped: () => boolean): Promise<boolean> {
  const record = readRecord(folder);
  const lock = takeLock(folder);
  try {
    const last = lastUpdate(folder);
    if (last === undefined) {
      for (const name of [CHECKPOINT, WEIGHTS]) rmSync(join(folder, name), { force: true });
      return true;
    }
    const training = trainingUpTo(last, folder, record);
    while (training.updates < last.update) {
      if (training.asynchronous) await training.advanceAsync();
      else training.advance();
      lock.refresh();
      await setImmediate();
      if (stopped()) return false;
    }
    const { resumable } = training;
    const bytes = resumable ? training.checkpoint() : training.weights();
    writeAtomically(join(folder, resumable ? CHECKPOINT : WEIGHTS), bytes);
    return true;
  } finally {
    lock.release();
  }
}

function lastUpdate(folder: string): Update | undefined {
  let last: Update | undefined;
  for (const update of streamMetrics(join(folder, METRICS))) last = update;
  return last;
}

/** The training that was saved, or a new one if that has begun the update after the last one. */
function trainingUpTo(last: Update, folder: string, record: RunRecord): Training {
  if (existsSync(join(folder, WEIGHTS))) return restart(record.config);
  const saved = restoreTraining(folder, record, {});
  return saved.result().steps > last.steps ? restart(record.config) : saved;
}
