/** Training with a run folder under it: what happens is written down, and a kill at any moment loses seconds at most. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { type ResumeParts, restart, resume } from "../training/train.js";
import type { RunResult, Training, Update } from "../training/types.js";
import { readCheckpoint } from "./read-checkpoint.js";
import { takeLock } from "./lock.js";
import { MetricsLog } from "./metrics.js";
import { BEST, CHECKPOINT, createFolder, METRICS } from "./run-folder.js";
import type { RunRecord, RunStatus } from "../training/run-record.js";
import { RECORD, readRecord, versions, writeRecord } from "./run-record.js";
import { writeAtomically } from "./write-file.js";

/** How a run is saved, and when it ends. */
export interface SaveOptions {
  /** Seconds between checkpoints; 0: after every piece of work. By default 5, and more where checkpoints are slow. */
  readonly checkpointSeconds?: number | undefined;
  /** Ends the run when the last 100 episodes average this much. */
  readonly until?: number | undefined;
}

/** Episodes that an average must cover before it can end a run. */
const UNTIL_WINDOW = 100;
const DEFAULT_CHECKPOINT_SECONDS = 5;
/** By default checkpoints take at most one part in so many of the time. */
const CHECKPOINT_SHARE = 40;
/** Milliseconds after which updates are handed to the system, so that others can follow `metrics.jsonl`. */
const FLUSH_MS = 250;

/** Begins to save a run that has just been made by `train`. @throws ConfigError where `out` is taken @throws FileError */
export function startRun(
  training: Training,
  { out, ...options }: SaveOptions & { out?: string | undefined } = {},
): SavedRun {
  const record: RunRecord = {
    config: training.config,
    until: options.until ?? null,
    ...{ status: "running", error: null, result: null },
    ...{ started: new Date().toISOString(), ended: null, seconds: 0, versions: versions() },
  };
  const { folder, unlock } = createFolder(record, out);
  try {
    const run = new SavedRun(training, folder, unlock, record, options);
    // Weights that came from elsewhere are nowhere but in a checkpoint: without one the run could not begin again.
    if (training.config.from !== null) run.save();
    return run;
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Goes on with the run in `folder` from its checkpoint (from the beginning where it was killed before the first one): what
 * it writes from there on is what it would have written without the stop.
 * @throws ConfigError where there is no run @throws FileError @throws CorruptFileError
 */
export function resumeRun(
  folder: string,
  { environments, env, algorithm, ...options }: SaveOptions & ResumeParts = {},
): SavedRun {
  if (!existsSync(join(folder, RECORD))) {
    throw new ConfigError({ field: "resume", given: folder, allowed: "the folder of a run (one that holds run.json)" });
  }
  const unlock = takeLock(folder);
  try {
    const found = readRecord(folder);
    const training = restoreTraining(folder, found, { environments, env, algorithm });
    const until = options.until ?? found.until ?? undefined;
    const record: RunRecord = { ...found, until: until ?? null, status: "running", error: null, ended: null };
    const run = new SavedRun(training, folder, unlock, record, { ...options, until });
    writeRecord(folder, record);
    return run;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A run in its folder. Iterate over it as over a `Training`, then `close` it. */
export class SavedRun implements Iterable<Update> {
  readonly folder: string;
  readonly training: Training;
  private readonly until: number;
  private readonly checkpointSeconds: number | undefined;
  private readonly unlock: () => void;
  private readonly metrics: MetricsLog;
  private record: RunRecord;
  private episodes: number;
  private average: number;
  private savedBest: Uint8Array | undefined;
  private chunk = 64;
  private readonly began: number = performance.now();
  private savedAt: number = performance.now();
  private flushedAt: number = performance.now();
  private saveCost = 0;
  private released = false;

  /** @internal Use `startRun` or `resumeRun`. */
  constructor(training: Training, folder: string, unlock: () => void, record: RunRecord, options: SaveOptions) {
    const { updates, episodes, averageReturn } = training.result();
    this.training = training;
    this.folder = folder;
    this.unlock = unlock;
    this.record = record;
    this.until = options.until ?? Number.POSITIVE_INFINITY;
    this.checkpointSeconds = options.checkpointSeconds;
    this.episodes = episodes;
    this.average = averageReturn ?? Number.NEGATIVE_INFINITY;
    this.metrics = MetricsLog.open(join(folder, METRICS), updates);
  }

  /** Whether there is nothing more to do: the training is finished, or `until` is reached. */
  get finished(): boolean {
    return this.training.finished || (this.episodes >= UNTIL_WINDOW && this.average >= this.until);
  }

  /** Whether `close` or `fail` has let go of the folder. */
  get closed(): boolean {
    return this.released;
  }

  *[Symbol.iterator](): Iterator<Update> {
    while (!this.finished) {
      const update = this.advance();
      if (update !== undefined) yield update;
    }
  }

  /** As `Training.advance`, with the update written to the log and checkpoints when they are due. */
  advance(steps?: number): Update | undefined {
    const update = this.training.advance(steps);
    if (update !== undefined) {
      this.metrics.append(update);
      this.episodes = update.episodes;
      this.average = update.averageReturn;
    }
    const now = performance.now();
    if (now - this.savedAt >= this.checkpointInterval) this.save();
    else if (now - this.flushedAt >= FLUSH_MS) {
      this.metrics.flush();
      this.flushedAt = now;
    }
    return update;
  }

  /** Works for about so many milliseconds and returns the updates that were completed, for callers that must stay responsive. */
  work(milliseconds: number): Update[] {
    const updates: Update[] = [];
    const start = performance.now();
    let now = start;
    while (!this.finished && now - start < milliseconds) {
      const update = this.advance(this.chunk);
      if (update !== undefined) updates.push(update);
      const took = performance.now() - now;
      now += took;
      // How many steps make a good piece of work depends on the environment: from half a microsecond to seconds a step.
      if (took < milliseconds / 8) this.chunk *= 2;
      else if (took > milliseconds / 2 && this.chunk > 1) this.chunk /= 2;
    }
    return updates;
  }

  /** Writes everything that going on depends on. The log comes first: a checkpoint must never know more than the log. */
  save(): void {
    const start = performance.now();
    this.metrics.sync();
    this.saveBest();
    writeAtomically(join(this.folder, CHECKPOINT), this.training.checkpoint());
    this.savedAt = this.flushedAt = performance.now();
    this.saveCost = this.savedAt - start;
  }

  /** Saves once more, writes down how the run stands, and lets go of the folder. Where that fails, `fail` is still to be called. */
  close(status: "finished" | "interrupted"): RunResult {
    this.save();
    const result = this.training.result();
    this.end(status, { result });
    this.release();
    return result;
  }

  /**
   * Writes down why the run failed and lets go of the folder. The last checkpoint stays as it is, since what came after it
   * is in doubt; the best policy was good when it was kept, and is saved.
   */
  fail(error: Error): void {
    try {
      this.metrics.flush();
      this.saveBest();
      this.end("failed", { error: error.message });
    } catch {
      // A full disk refuses this too; what is reported is the failure that led here.
    } finally {
      this.release();
    }
  }

  private saveBest(): void {
    const best = this.training.bestPolicy();
    if (best === undefined || (this.savedBest !== undefined && Buffer.compare(best, this.savedBest) === 0)) return;
    writeAtomically(join(this.folder, BEST), best);
    this.savedBest = best;
  }

  private get checkpointInterval(): number {
    const { checkpointSeconds, saveCost } = this;
    if (checkpointSeconds !== undefined) return checkpointSeconds * 1000;
    return Math.max(DEFAULT_CHECKPOINT_SECONDS * 1000, CHECKPOINT_SHARE * saveCost);
  }

  private end(status: RunStatus, outcome: Partial<RunRecord>): void {
    const seconds = this.record.seconds + (performance.now() - this.began) / 1000;
    this.record = {
      ...this.record,
      ...outcome,
      status,
      ended: new Date().toISOString(),
      seconds: Number(seconds.toFixed(3)),
    };
    writeRecord(this.folder, this.record);
  }

  private release(): void {
    if (this.released) return;
    this.released = true;
    this.metrics.close();
    this.unlock();
  }
}

function restoreTraining(folder: string, { config }: RunRecord, parts: ResumeParts): Training {
  const path = join(folder, CHECKPOINT);
  if (existsSync(path)) return readCheckpoint(path, (bytes) => resume(bytes, parts));
  return restart(config, parts);
}
