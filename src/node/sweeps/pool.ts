/** Runs side by side on the cores of a machine. */

import { availableParallelism } from "node:os";
import { Job } from "./job.js";
import type { RunNews, Task } from "./task.js";

/** How often a run is begun whose process dies. */
const MOST_ATTEMPTS = 3;

/**
 * Trains runs in long-lived processes, one a core. Iterate over its news; the iteration ends when no task is left, and can be
 * begun again after more are submitted. In what order runs end depends on the machine, and nothing else does.
 *
 *     const pool = new Pool(2);
 *     for (const task of tasks) pool.submit(task);
 *     for await (const news of pool) if (news.kind === "done") …
 *     await pool.close();
 */
export class Pool implements AsyncIterable<RunNews> {
  private readonly most: number;
  private readonly jobs: Set<Job> = new Set();
  private readonly attempts: Map<string, number> = new Map();
  private waiting: Task[] = [];
  private news: RunNews[] = [];
  private closing = false;
  private wake: () => void = () => undefined;
  private readonly awaited: (() => void)[] = [];

  /** @param jobs how many runs are trained at a time. Default: as many as there are cores */
  constructor(jobs: number = availableParallelism()) {
    this.most = jobs;
  }

  /** Adds a task, also while others are at work. After `close` or `kill`, tasks are dropped. */
  submit(task: Task): void {
    if (this.closing) return;
    this.waiting.push(task);
    this.assign();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<RunNews> {
    for (;;) {
      const next = this.news.shift();
      if (next !== undefined) yield next;
      else if (this.unfinished === 0) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }

  /** Has the runs at work saved, and ends the processes. Tasks that wait are dropped. */
  close(): Promise<void> {
    this.closing = true;
    this.waiting = [];
    for (const job of this.jobs) job.stop();
    this.wake();
    return new Promise((resolve) => {
      if (this.jobs.size === 0) resolve();
      else this.awaited.push(resolve);
    });
  }

  /** Ends the processes at once: what their runs did after their last checkpoints is lost. */
  kill(): void {
    this.closing = true;
    this.waiting = [];
    for (const job of this.jobs) job.kill();
  }

  private get unfinished(): number {
    return this.waiting.length + [...this.jobs].filter(({ task }) => task !== undefined).length;
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const job = [...this.jobs].find(({ task }) => task === undefined) ?? this.begun();
      if (job === undefined) return;
      job.train(this.waiting.shift() as Task);
    }
  }

  /** A new job, if there may be another. */
  private begun(): Job | undefined {
    if (this.closing || this.jobs.size >= this.most) return undefined;
    const job = new Job({
      news: (news) => this.tell(news),
      idle: (idle) => {
        if (this.closing) idle.stop();
        this.assign();
        this.wake();
      },
      ended: (ended, reason) => this.bury(ended, reason),
    });
    this.jobs.add(job);
    return job;
  }

  private bury(job: Job, reason: string): void {
    this.jobs.delete(job);
    const { task } = job;
    if (task !== undefined && !this.closing) {
      const attempts = (this.attempts.get(task.id) ?? 0) + 1;
      this.attempts.set(task.id, attempts);
      if (attempts < MOST_ATTEMPTS) this.waiting.unshift(task);
      else this.tell(broken(task, `${reason}. ${job.lastWords}`.trim()));
    }
    this.assign();
    this.wake();
    if (this.jobs.size === 0) for (const resolve of this.awaited.splice(0)) resolve();
  }

  private tell(news: RunNews): void {
    // Whoever reads slowly needs only the latest progress of a run.
    if (news.kind === "progress") this.news = this.news.filter(({ kind, id }) => kind !== "progress" || id !== news.id);
    this.news.push(news);
    this.wake();
  }
}

function broken({ id }: Task, reason: string): RunNews {
  const message = `the process that trained it died ${MOST_ATTEMPTS} times, at last since ${reason}`;
  return { kind: "broken", id, error: { name: "Error", message } };
}
