/** Training that is saved in a run folder as it goes: a kill at any moment loses seconds of work at most. */

import { join } from "node:path";
import { ConfigError } from "../errors.js";
import { WINDOW } from "../training/progress.js";
import type { RunRecord, RunStatus } from "../training/run-record.js";
import type { RunResult, SavableRun, Training, Update } from "../training/types.js";
import { BestFile } from "./best-file.js";
import { Chunk } from "./chunk.js";
import type { RunEvaluation } from "./evaluation-log.js";
import type { Evaluations } from "./evaluations.js";
import type { Lock } from "./lock.js";
import { openLogs } from "./logs/log-names.js";
import { Sinks } from "./logs/sinks.js";
import { lastLengths } from "./metrics.js";
import { MetricsLog } from "./metrics-log.js";
import { BEST, CHECKPOINT, METRICS, WEIGHTS } from "./run-folder.js";
import { writeRecord } from "./run-record.js";
import type { Saving } from "./save-options.js";
import { SaveSchedule } from "./save-schedule.js";
import { writeAtomically } from "./write-file.js";

/** Episodes that an average must cover before it can end a run. */
const UNTIL_WINDOW = 100;
/** Milliseconds of work between two pauses of `for await`. */
const SLICE_MS = 10;

/**
 * A run in its folder. Iterate over it as over a `Training`, then `close` it. Where the run isn't `resumable`, the folder
 * gets what was learned instead of a checkpoint.
 */
export class SavedRun<Run extends SavableRun = Training> implements Iterable<Update>, AsyncIterable<Update> {
  readonly folder: string;
  readonly training: Run;
  private readonly until: number;
  private readonly schedule: SaveSchedule;
  private readonly lock: Lock;
  private readonly metrics: MetricsLog;
  private readonly sinks: Sinks;
  private readonly evaluations: Evaluations | undefined;
  private record: RunRecord;
  private episodes: number;
  private average: number;
  /** An update that is logged, but not returned yet. */
  private unread: Update | undefined;
  private readonly best: BestFile;
  private readonly chunk: Chunk = new Chunk();
  private readonly began: number = performance.now();
  private released = false;

  /** @internal Use `startRun` or `resumeRun`. */
  constructor(
    training: Run,
    folder: string,
    lock: Lock,
    record: RunRecord,
    { checkpointSeconds, log, evaluations }: Saving,
  ) {
    const { updates, episodes, averageReturn } = training.result();
    this.training = training;
    this.folder = folder;
    this.lock = lock;
    this.best = new BestFile(join(folder, BEST));
    this.record = record;
    this.until = record.until ?? Number.POSITIVE_INFINITY;
    this.schedule = new SaveSchedule(checkpointSeconds);
    this.episodes = episodes;
    this.average = averageReturn ?? Number.NEGATIVE_INFINITY;
    const reached = { update: updates, episodes, averageReturn: averageReturn ?? Number.NaN };
    const path = join(folder, METRICS);
    this.metrics = MetricsLog.open(path, reached);
    const place = { updates, steps: this.metrics.reached?.steps ?? 0 };
    // Only logs that are opened by name are told of them: reading them takes as long as the log's last part.
    const lengths = log.some((one) => typeof one === "string") ? lastLengths(path, WINDOW) : [];
    this.sinks = new Sinks(openLogs(log, { folder, config: training.config, ...place, lengths }));
    this.evaluations = evaluations?.(folder, this.metrics.reached);
  }

  /** The last evaluation of the policy, if the run has had one. */
  get evaluation(): RunEvaluation | undefined {
    return this.evaluations?.latest;
  }

  /** Whether training is finished, or `until` is reached. */
  get finished(): boolean {
    if (this.unread !== undefined || this.evaluating) return false;
    return this.training.finished || (this.episodes >= UNTIL_WINDOW && this.average >= this.until);
  }

  /** Whether `close` or `fail` has unlocked the folder. */
  get closed(): boolean {
    return this.released;
  }

  *[Symbol.iterator](): Iterator<Update> {
    while (!this.finished) {
      const update = this.advance();
      if (update !== undefined) yield update;
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Update> {
    while (!this.finished) yield* await this.work(SLICE_MS);
  }

  /**
   * As `Training.advance`; also logs the update, and saves a checkpoint when one is due. Where the policy is to be evaluated
   * after an update, pieces of that follow, of about `steps` steps too, and the update is returned after the last of them.
   *
   * @throws ConfigError if the run is closed, or its training was advanced beside it @throws FileError
   */
  advance(steps: number = Number.POSITIVE_INFINITY): Update | undefined {
    if (this.mayTrain()) this.keep(this.training.advance(steps));
    if (this.evaluating) this.tell(this.evaluations?.work(steps));
    return this.evaluating ? undefined : this.takeUnread();
  }

  /** The same for asynchronous environments. */
  async advanceAsync(steps: number = Number.POSITIVE_INFINITY): Promise<Update | undefined> {
    if (this.mayTrain()) this.keep(await this.training.advanceAsync(steps));
    if (this.evaluating) this.tell(await this.evaluations?.workAsync(steps));
    return this.evaluating ? undefined : this.takeUnread();
  }

  /** Trains for about so many milliseconds and returns the completed updates, for callers that must stay responsive. */
  async work(milliseconds: number): Promise<Update[]> {
    const updates: Update[] = [];
    const start = performance.now();
    let now = start;
    while (!this.finished && now - start < milliseconds) {
      const { steps } = this.chunk;
      const update = this.training.asynchronous ? await this.advanceAsync(steps) : this.advance(steps);
      if (update !== undefined) updates.push(update);
      const took = performance.now() - now;
      now += took;
      this.chunk.adapt(took, milliseconds);
    }
    return updates;
  }

  /**
   * Writes the log, the best policy and a checkpoint. The log comes first: a checkpoint must never be ahead of it.
   *
   * @throws ConfigError if the run is closed, or its training was advanced beside it @throws FileError
   */
  save(): void {
    const { saved } = this.record;
    this.saveFiles();
    if (!saved) writeRecord(this.folder, this.record);
  }

  /** Saves all but the record. */
  private saveFiles(): void {
    this.requireOpen();
    this.lock.refresh();
    const start = performance.now();
    const { training } = this;
    const bytes = training.resumable ? training.checkpoint() : training.weights();
    // In the middle of an update, that has completed it.
    const completed = training.advance(0);
    if (completed !== undefined) this.log(completed);
    this.metrics.requireAll(training.updates);
    this.metrics.sync();
    this.evaluations?.sync();
    this.sinks.flush();
    this.saveBest();
    writeAtomically(join(this.folder, training.resumable ? CHECKPOINT : WEIGHTS), bytes);
    this.record = { ...this.record, saved: true };
    this.schedule.saved(start);
  }

  /**
   * Saves, records the result, and unlocks the folder. If this throws, call `fail`. Does nothing to a closed run.
   *
   * @throws ConfigError for another status, with which the folder could never be opened again @throws FileError
   */
  close(status: "finished" | "interrupted"): RunResult {
    if (!["finished", "interrupted"].includes(status))
      throw new ConfigError({ field: "close", given: status, allowed: "finished or interrupted" });
    if (this.released) return this.training.result();
    this.saveFiles();
    const result = this.training.result();
    this.end(status, { result });
    this.release();
    return result;
  }

  /**
   * Records why the run failed and unlocks the folder. The last checkpoint is kept: the state after it is in doubt. The
   * best policy was good when it was kept, and is saved. Does nothing to a closed run.
   */
  fail(error: Error): void {
    if (this.released) return;
    try {
      this.lock.refresh();
      this.flush();
      this.saveBest();
      this.end("failed", { error: error.message, errorName: error.name });
    } catch {
      // A full disk refuses this too, and what another machine has taken over is not written to. The error to report is the
      // one that led here.
    } finally {
      this.release();
    }
  }

  private requireOpen(): void {
    if (!this.released) return;
    const allowed = "one that is open; resumeRun(folder) opens it again";
    throw new ConfigError({ field: "run", given: "a closed run", allowed });
  }

  private takeUnread(): Update | undefined {
    const { unread } = this;
    this.unread = undefined;
    return unread;
  }

  /** Whether an evaluation has begun. A closed run leaves it to whoever resumes it. */
  private get evaluating(): boolean {
    return !this.released && this.evaluations?.busy === true;
  }

  /** Whether nothing that is complete has to be evaluated or returned first. @throws ConfigError if the run is closed */
  private mayTrain(): boolean {
    if (this.unread !== undefined || this.evaluating) return false;
    this.requireOpen();
    return true;
  }

  /** Logs what was just completed, and saves where that is due. */
  private keep(update: Update | undefined): void {
    this.lock.refresh();
    if (update !== undefined) this.log(update);
    const due = this.schedule.due();
    if (due === "save") this.save();
    else if (due === "flush") this.flush();
  }

  private log(update: Update): void {
    this.unread = update;
    this.metrics.append(update);
    this.episodes = update.episodes;
    this.average = update.averageReturn;
    this.evaluations?.after(update);
    this.sinks.write(update);
  }

  private tell(evaluation: RunEvaluation | undefined): void {
    this.lock.refresh();
    if (evaluation !== undefined) this.sinks.evaluated(evaluation);
  }

  private flush(): void {
    this.metrics.flush();
    this.sinks.flush();
  }

  private saveBest(): void {
    const byEvaluation = this.record.evaluation?.best === "evaluation";
    this.best.save(byEvaluation ? this.evaluations?.best : this.training.bestPolicy());
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
    try {
      this.metrics.close();
      this.evaluations?.close();
      this.sinks.close();
    } finally {
      this.lock.release();
    }
  }
}
