/** Trains a run of a sweep in its folder, from wherever it stands there. */

import { setImmediate } from "node:timers/promises";
import { isHopeless, isJudged } from "../../sweeps/hopeless.js";
import { nearestLimit, type Spent } from "../../training/budget.js";
import { Chunk } from "../chunk.js";
import { FileError } from "../file-error.js";
import { lockHolder } from "../lock.js";
import { describeHolder } from "../lock-holder.js";
import { importModule } from "../modules/import-module.js";
import { readRecord } from "../run-record.js";
import type { SavedRun } from "../saved-run.js";
import { storedOutcome, storeOutcome } from "./outcome-file.js";
import { lastUpdates, openRun, otherRun } from "./run-of-task.js";
import { settleFailed } from "./settle-failed.js";
import type { RunNews, Task } from "./task.js";

/** Milliseconds of work between two looks at whether to stop. */
const SLICE_MS = 40;
/** Milliseconds between two pieces of news of a run. */
const NEWS_MS = 300;

export interface Surroundings {
  /** Whether to save and end. */
  stopped(): boolean;
  tell(news: RunNews): void;
}

/**
 * Trains the run of a task until it ends or is to be paused, and tells its outcome. Does nothing to a run that stands there, and
 * tells what keeps it from being trained. It tells nothing at the end if it was stopped: the run is saved then.
 */
export async function trainTask(task: Task, around: Surroundings): Promise<void> {
  const { id, folder, pauseAt } = task;
  try {
    for (const { path } of task.imports) await importModule(path);
    const stored = storedOutcome(folder, pauseAt);
    if (stored !== undefined && stored.id !== id) throw otherRun(folder);
    // Whoever fails for a reason of their own, such as a simulator that was away, is tried again.
    if (stored !== undefined && stored.end !== "failed") return around.tell({ kind: "done", id, outcome: stored });
    if (!(await bringToEnd(task, around))) return;
    around.tell({ kind: "done", id, outcome: storeOutcome(folder, pauseAt) });
  } catch (error) {
    around.tell(endedMeanwhile(task) ?? whyNot(task, error));
  }
}

/** Another process may have begun the run and brought it to its end between two looks at its folder. */
function endedMeanwhile({ id, folder, pauseAt }: Task): RunNews | undefined {
  try {
    const outcome = storedOutcome(folder, pauseAt);
    return outcome?.id === id && outcome.end !== "failed" ? { kind: "done", id, outcome } : undefined;
  } catch {
    // The error to report is the one that led here.
    return undefined;
  }
}

/** Returns whether the run ended, or came to its pause. @throws FileError @throws ConfigError @throws CorruptFileError */
async function bringToEnd(task: Task, around: Surroundings): Promise<boolean> {
  const { folder } = task;
  const run = openRun(task);
  if (run === undefined) return settleFailed(folder, around.stopped);
  try {
    const over = await train(run, task, around);
    run.close(run.finished ? "finished" : "interrupted");
    return over;
  } catch (error) {
    run.fail(error as Error);
    // The disk and the folder are no affair of the run.
    if (error instanceof FileError || readRecord(folder).status !== "failed") throw error;
    return settleFailed(folder, around.stopped);
  }
}

/** Trains until the run is finished, to be paused, hopeless, or stopped, and returns whether it is one of the first three. */
async function train(run: SavedRun, task: Task, { stopped, tell }: Surroundings): Promise<boolean> {
  const { training } = run;
  const { config } = training;
  let { before, last } = lastUpdates(task.folder, training.updates);
  const shareOf = (spent: Spent): number => nearestLimit(config, spent).share;
  // A verdict comes with the digest of all weights, so it is asked for only where the run is judged.
  const hopeless = (): boolean =>
    task.endHopeless &&
    isJudged(config, before, last) &&
    isHopeless(config, before, last, training.result().verdict.kind);
  const chunk = new Chunk();
  let told = performance.now();
  while (!run.finished && shareOf(last) < task.pauseAt && !hopeless()) {
    if (stopped()) return false;
    const start = performance.now();
    const update = training.asynchronous ? await run.advanceAsync(chunk.steps) : run.advance(chunk.steps);
    const now = performance.now();
    chunk.adapt(now - start, SLICE_MS);
    if (update !== undefined) {
      before = last;
      last = update;
    }
    if (now - told < NEWS_MS) continue;
    told = now;
    const { averageReturn } = training.result();
    tell({ kind: "progress", id: task.id, share: Math.min(1, Math.max(0, shareOf(last))), averageReturn });
    // What the environment prints leaves a thread only now.
    await setImmediate();
  }
  return true;
}

function whyNot({ id, folder }: Task, error: unknown): RunNews {
  const holder = holderOf(folder);
  if (holder !== undefined) return { kind: "held", id, by: holder };
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  return { kind: "broken", id, error: { name, message } };
}

function holderOf(folder: string): string | undefined {
  try {
    const holder = lockHolder(folder);
    return holder && describeHolder(holder);
  } catch {
    // The error to report is the one that led here.
    return undefined;
  }
}
