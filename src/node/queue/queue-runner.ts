/** Has the runs of a sweep trained by the workers of a queue, and collects them in their folders. */

import { setTimeout as wait } from "node:timers/promises";
import type { Queue } from "bullmq";
import { digestOf } from "../../sweeps/plan.js";
import { readOutcome } from "../sweeps/outcome-file.js";
import type { SweepNews, Task } from "../sweeps/task.js";
import type { OpenDepot } from "./depots/open-depot.js";
import { type Patience, patiently } from "./patience.js";
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

/** Iterate over its news, as over those of a `Pool`. */
export class QueueRunner implements AsyncIterable<SweepNews> {
  private readonly options: QueueRunnerOptions;
  private readonly queue: Queue<RunJob, RunDone | null>;
  private readonly list: SweepList;
  /** Tasks that are not collected yet, by the keys of their jobs. */
  private readonly tasks: Map<string, Task> = new Map();
  private unsent: Task[] = [];
  private closing = false;

  constructor(options: QueueRunnerOptions) {
    this.options = options;
    const { store, code } = options;
    this.queue = store.queue(queueOf(code));
    this.list = new SweepList(store);
  }

  submit(task: Task): void {
    this.tasks.set(jobKey(this.options.sweep, task.id), task);
    this.unsent.push(task);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<SweepNews> {
    const { sweep, name, code, files } = this.options;
    const runs = this.tasks.size;
    if (runs === 0) return;
    await this.ask(() => this.list.add({ sweep, name, code, files: files.depot.shown, runs }));
    while (this.tasks.size > 0 && !this.closing) {
      await this.send();
      yield* this.collect();
      yield* await this.ask(() => this.progress());
      if (this.tasks.size > 0 && !this.closing) {
        if (!(await this.ask(() => this.list.has(sweep)))) {
          yield* this.abandoned();
          return;
        }
        await wait(LOOK_MS);
      }
    }
    if (!this.closing) await this.ask(() => this.list.remove(sweep));
  }

  /** Leaves the queue. The workers go on, and the sweep finds their runs when it is resumed. */
  async close(): Promise<void> {
    this.closing = true;
    await this.queue.close();
    await this.list.close();
  }

  kill(): void {
    this.closing = true;
  }

  private ask<T>(work: () => Promise<T>): Promise<T> {
    return patiently(this.options.patience, work);
  }

  private async send(): Promise<void> {
    const { sweep } = this.options;
    while (this.unsent.length > 0) {
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
        const jobs = await this.ask(() => this.queue.getJobs([state], start, start + PAGE - 1));
        const own = jobs.filter((job) => job?.id !== undefined && this.tasks.has(job.id));
        for (const job of own) {
          if (this.closing) return;
          const key = job.id as string;
          const task = this.tasks.get(key) as Task;
          const ended = await this.ask(() => job.getState());
          if (ended === "failed") {
            // BullMQ lists a job as failed for a moment before it waits for its next attempt.
            this.tasks.delete(key);
            yield broken(task.id, job.failedReason ?? "no reason was given");
            await this.ask(() => job.remove());
          } else if (ended === "completed") yield* await this.take(key, task, job.returnvalue);
        }
        // Collected jobs leave the list, so the next ones move up.
        start += jobs.length - own.length;
        if (jobs.length < PAGE) break;
      }
    }
  }

  private async take(key: string, task: Task, done: RunDone | null): Promise<SweepNews[]> {
    const { depot } = this.options.files;
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
    const others = outcome.weightsSha256 === done.weightsSha256 ? done.differs : [done, ...done.differs];
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
    return active.flatMap((job) => {
      const task = this.tasks.get(job?.id ?? "");
      const progress = job?.progress as { share?: number; averageReturn?: number | null } | undefined;
      if (task === undefined || progress?.share === undefined) return [];
      return [{ kind: "progress", id: task.id, share: progress.share, averageReturn: progress.averageReturn ?? null }];
    });
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
