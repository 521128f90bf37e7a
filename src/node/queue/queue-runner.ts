/** Has the runs of a sweep trained by the workers of a queue, and collects them in their folders. */

import { setTimeout as wait } from "node:timers/promises";
import type { Job, Queue } from "bullmq";
import { digestOf } from "../../formats/digest.js";
import { readOutcome } from "../sweeps/outcome-file.js";
import type { SweepNews, Task } from "../sweeps/task.js";
import type { OpenDepot } from "./depots/open-depot.js";
import { endQueue, whileItAnswers } from "./leave.js";
import { type Patience, patiently, seldom } from "./patience.js";
import { queueOf, type RunCode } from "./run-code.js";
import { fetchRun } from "./run-files.js";
import { jobKey, type RunDone, type RunJob } from "./run-job.js";
import type { Store } from "./store.js";
import { SweepList } from "./sweep-list.js";

/** Jobs that are added in one message. */
const BULK = 500;
/** Ended jobs that are looked at in one message. */
const PAGE = 100;
/** Milliseconds between two looks at the queue. */
const LOOK_MS = 1000;
/** How often a run is begun that fails on its machine, as on a full disk. */
const ATTEMPTS = 3;

export interface QueueRunnerOptions {
  readonly store: Store;
  readonly files: OpenDepot;
  readonly code: RunCode;
  /** The name of the sweep, for lists. */
  readonly name: string;
  /** The digest of its plan: the same sweep finds its jobs again. */
  readonly sweep: string;
  readonly patience: Patience;
}

/** What a worker tells of a run at work. */
interface Progress {
  readonly share?: number;
  readonly averageReturn?: number | null;
  readonly machine?: string;
}

/** Iterate over its news, as over those of a `Pool`. */
export class QueueRunner implements AsyncIterable<SweepNews> {
  private readonly options: QueueRunnerOptions;
  private readonly queue: Queue<RunJob, RunDone | null>;
  private readonly list: SweepList;
  /** Tasks that are not collected yet, by the keys of their jobs. */
  private readonly tasks: Map<string, Task> = new Map();
  private unsent: Task[] = [];
  private closing = false;
  /** Whether there is no worker, which was told. */
  private alone = false;
  private closed: Promise<void> | undefined;
  /** What it is about in the queue now. */
  private step: Promise<unknown> | undefined;
  private readonly leaving: AbortController = new AbortController();

  constructor(options: QueueRunnerOptions) {
    const { store, code, patience } = options;
    this.options = { ...options, patience: { ...patience, end: this.leaving.signal } };
    this.queue = store.queue(queueOf(code));
    this.list = new SweepList(store);
    // An outage brings many errors.
    const say = seldom((message) => this.closing || patience.say(message));
    this.queue.on("error", ({ message }) => say(`the queue: ${message}`));
  }

  submit(task: Task): void {
    this.tasks.set(jobKey(this.options.sweep, task.id), task);
    this.unsent.push(task);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<SweepNews> {
    try {
      yield* this.news();
    } catch (error) {
      // What was under way when the queue was left is of no account.
      if (!this.closing) throw error;
    }
  }

  private async *news(): AsyncGenerator<SweepNews> {
    const { sweep, name, code, files } = this.options;
    const runs = this.tasks.size;
    if (runs === 0) return;
    await this.whole(() => this.ask(() => this.list.add({ sweep, name, code, files: files.depot.shown, runs })));
    while (this.tasks.size > 0 && !this.closing) {
      await this.whole(() => this.send());
      yield* this.collect();
      yield* await this.whole(() => this.ask(() => this.progress()));
      if (this.tasks.size > 0 && !this.closing) {
        if (!(await this.whole(() => this.ask(() => this.list.has(sweep))))) {
          yield* this.abandoned();
          return;
        }
        await wait(LOOK_MS);
      }
    }
    if (!this.closing) await this.whole(() => this.ask(() => this.list.remove(sweep)));
  }

  /** Leaves the queue. The workers go on, and the sweep finds their runs when it is resumed. */
  close(): Promise<void> {
    this.closed ??= this.leave();
    return this.closed;
  }

  private async leave(): Promise<void> {
    const { step } = this;
    const { store, patience } = this.options;
    this.closing = true;
    if (step !== undefined && !(await whileItAnswers(store, () => step)))
      patience.say(`${store.address.shown} does not answer: it is left without a word, and its workers go on`);
    this.leaving.abort();
    await endQueue(this.queue);
    await this.list.close();
  }

  kill(): void {
    this.closing = true;
  }

  /** Does something in the queue that is not to be left in the middle. */
  private async whole<T>(work: () => Promise<T>): Promise<T> {
    const step = work();
    this.step = step.catch(() => undefined);
    try {
      return await step;
    } finally {
      this.step = undefined;
    }
  }

  private ask<T>(work: () => Promise<T>): Promise<T> {
    return patiently(this.options.patience, work);
  }

  private async send(): Promise<void> {
    const { sweep } = this.options;
    while (this.unsent.length > 0 && !this.closing) {
      const tasks = this.unsent.slice(0, BULK);
      const jobs = tasks.map(({ id, cell, config, until, endHopeless }) => ({
        name: "run",
        data: { sweep, run: { id, cell, config, until }, endHopeless, cancelled: false },
        opts: { jobId: jobKey(sweep, id), attempts: ATTEMPTS, backoff: { type: "fixed", delay: 1000 } },
      }));
      // A job that is there is not added again, whatever became of it.
      await this.ask(() => this.queue.addBulk(jobs));
      for (const { opts } of jobs) await this.ask(() => this.retryFailed(opts.jobId));
      this.unsent = this.unsent.slice(tasks.length);
    }
  }

  /** Jobs that an earlier attempt at this sweep left as failed are done again on purpose. */
  private async retryFailed(key: string): Promise<void> {
    if ((await this.queue.getJobState(key)) !== "failed") return;
    const job = await this.queue.getJob(key);
    await job?.updateData({ ...job.data, cancelled: false });
    await job?.retry("failed");
  }

  /** The runs that have ended since the last time, one after another, with their files in their folders. */
  private async *collect(): AsyncGenerator<SweepNews> {
    // One state at a time: BullMQ applies the bounds of a page to each state, not to all of them.
    for (const state of ["completed", "failed"] as const) {
      for (let start = 0; !this.closing; ) {
        const jobs = await this.whole(() => this.ask(() => this.queue.getJobs([state], start, start + PAGE - 1)));
        const own = jobs.filter((job) => job?.id !== undefined && this.tasks.has(job.id));
        for (const job of own) {
          if (this.closing) return;
          const key = job.id as string;
          const task = this.tasks.get(key) as Task;
          yield* await this.whole(() => this.take(job, key, task));
        }
        // Collected jobs leave the list, so the next ones move up.
        start += jobs.length - own.length;
        if (jobs.length < PAGE) break;
      }
    }
  }

  private async take(job: Job<RunJob, RunDone | null>, key: string, task: Task): Promise<SweepNews[]> {
    const { depot } = this.options.files;
    // BullMQ lists a job as failed for a moment before it waits for its next attempt.
    const state = await this.ask(() => job.getState());
    if (state === "failed") {
      await this.ask(() => job.remove());
      this.tasks.delete(key);
      return [broken(task.id, job.failedReason ?? "no reason was given")];
    }
    if (state !== "completed") return [];
    const done = job.returnvalue;
    if (done === null) {
      this.tasks.delete(key);
      await this.removeJob(key);
      return [broken(task.id, "its sweep was cancelled")];
    }
    const found = await this.ask(() => fetchRun(depot, key, task.folder));
    if (!found) {
      // The run was collected before, in a folder that is gone now.
      await this.removeJob(key);
      this.unsent.push(task);
      return [];
    }
    const outcome = readOutcome(task.folder);
    const same = outcome.weightsSha256 === done.weightsSha256 || task.config.numerics !== undefined;
    const others = same ? done.differs : [done, ...done.differs];
    await this.ask(() => depot.remove(key));
    await this.removeJob(key);
    this.tasks.delete(key);
    const alarms = others.map(({ machine }) => machine);
    return [
      ...(alarms.length > 0 ? [{ kind: "differs" as const, id: task.id, machines: [done.machine, ...alarms] }] : []),
      { kind: "done", id: task.id, outcome },
    ];
  }

  private async removeJob(key: string): Promise<void> {
    await this.ask(async () => (await this.queue.getJob(key))?.remove());
  }

  private async progress(): Promise<SweepNews[]> {
    const active = await this.queue.getActive();
    await this.noticeWorkers(active.length);
    return active.flatMap((job) => {
      const task = this.tasks.get(job?.id ?? "");
      const progress = job?.progress as Progress | undefined;
      if (task === undefined || progress?.share === undefined) return [];
      const { share, averageReturn = null, machine } = progress;
      return [{ kind: "progress", id: task.id, share, averageReturn, machine }];
    });
  }

  /** Says that nobody is there to train, once until somebody comes. */
  private async noticeWorkers(active: number): Promise<void> {
    const { store, code, files, patience } = this.options;
    // A store may not say who is connected.
    const alone = active === 0 && (await this.queue.getWorkersCount().catch(() => 1)) === 0;
    if (alone && !this.alone) {
      const imports = code.modules.map(({ module }) => ` --import ${module}`).join("");
      const place = files.most === Number.POSITIVE_INFINITY ? ` --files ${files.depot.shown}` : "";
      patience.say(
        `no worker is there for these runs: npx ascent worker --queue ${store.address.shown}${place}${imports}`,
      );
    }
    this.alone = alone;
  }

  /** Somebody has cancelled the sweep. */
  private abandoned(): SweepNews[] {
    return [...this.tasks.values()].map(({ id }) => broken(id, "its sweep was cancelled"));
  }
}

/** The digest of a plan and of its code. */
export function sweepKey(plan: unknown, code: RunCode): string {
  return digestOf([plan, code]);
}

function broken(id: string, message: string): SweepNews {
  return { kind: "broken", id, error: { name: "Error", message } };
}
