/** A queue as a sweep sees it: somebody else trains. */

import { basename, resolve } from "node:path";
import type { JobType, Queue } from "bullmq";
import type { SweepPlan } from "../../sweeps/plan.js";
import type { Runner } from "../sweeps/runner.js";
import type { SweepCode } from "../sweeps/sweep-code.js";
import { readQueueAddress } from "./address.js";
import { type OpenDepot, openDepot } from "./depots/open-depot.js";
import { endQueue } from "./leave.js";
import { PATIENCE_SECONDS, type Patience, patiently } from "./patience.js";
import { QueueRunner, sweepKey } from "./queue-runner.js";
import { queueOf, type RunCode, runCode } from "./run-code.js";
import { jobKey, type ListedSweep, type RunDone, type RunJob } from "./run-job.js";
import { openStore, type Store } from "./store.js";
import { SweepList } from "./sweep-list.js";

/** How a queue is used. */
export interface QueueOptions {
  /** Where the files of runs are kept: `s3://bucket/prefix`, or a folder that all machines share. Default: the queue's store. */
  readonly files?: string | undefined;
  /** Seconds to wait for a queue that goes away. Default: 600. */
  readonly patience?: number | undefined;
  /** Is told, at most twice a minute, that the queue is away. */
  readonly say?: ((message: string) => void) | undefined;
}

/** How the runs of a sweep stand in a queue. */
export interface QueueStatus {
  readonly sweep: ListedSweep;
  readonly waiting: number;
  readonly active: number;
  /** Ended, and not collected yet. */
  readonly ended: number;
  readonly workers: number;
}

/**
 * Opens a queue for sweeps: `redis://…`, `rediss://…` or `postgres://…`. Needs the package bullmq, with ioredis or pg.
 *
 * @throws ConfigError if the address is no queue's, a package is missing, or the queue is refused: it does not answer within
 * 10 s, or would lose runs. No message shows a password
 */
export async function openQueue(address: string, options: QueueOptions = {}): Promise<SweepQueue> {
  const store = await openStore(readQueueAddress(address));
  return new SweepQueue(store, await openDepot(options.files, store), options);
}

/** A queue that has answered. Close it when its sweeps are over. */
export class SweepQueue {
  private readonly store: Store;
  private readonly files: OpenDepot;
  private readonly list: SweepList;
  private readonly patience: Patience;

  /** @internal Use `openQueue`. */
  constructor(store: Store, files: OpenDepot, { patience = PATIENCE_SECONDS, say = () => undefined }: QueueOptions) {
    this.store = store;
    this.files = files;
    this.list = new SweepList(store);
    this.patience = { seconds: patience, say: (message) => say(store.address.redact(message)) };
  }

  /** The address without its password. */
  get shown(): string {
    return this.store.address.shown;
  }

  /** @internal Has the runs of a sweep trained. */
  runner(folder: string, plan: SweepPlan, code: SweepCode): Runner {
    const { store, files, patience } = this;
    const own = runCode(code, plan.cells[0].config);
    const sweep = sweepKey(plan, own);
    return new QueueRunner({ store, files, code: own, name: basename(resolve(folder)), sweep, patience });
  }

  /** The sweeps that are in the queue now. */
  async status(): Promise<QueueStatus[]> {
    const sweeps = await patiently(this.patience, () => this.list.all());
    return Promise.all(sweeps.map((sweep) => patiently(this.patience, () => this.statusOf(sweep))));
  }

  /**
   * Takes the runs of a sweep out of the queue. Workers leave those that they are at within seconds. Returns how many were
   * waiting.
   */
  async cancel(plan: SweepPlan, code: SweepCode): Promise<number> {
    const own = runCode(code, plan.cells[0].config);
    const sweep = sweepKey(plan, own);
    const queue = this.queue(own);
    try {
      await this.list.remove(sweep);
      let waiting = 0;
      for (const job of await queue.getJobs()) {
        if (job?.id === undefined || job.data.sweep !== sweep) continue;
        const state = await job.getState();
        if (state === "active") await job.updateData({ ...job.data, cancelled: true });
        else {
          waiting += state === "waiting" ? 1 : 0;
          await job.remove();
          await this.files.depot.remove(jobKey(sweep, job.data.run.id));
        }
      }
      return waiting;
    } finally {
      await endQueue(queue);
    }
  }

  async close(): Promise<void> {
    await this.list.close();
    await this.files.depot.close();
  }

  private async statusOf(sweep: ListedSweep): Promise<QueueStatus> {
    const queue = this.queue(sweep.code);
    try {
      const count = async (...states: JobType[]): Promise<number> =>
        (await queue.getJobs(states)).filter((job) => job?.data.sweep === sweep.sweep).length;
      return {
        sweep,
        waiting: await count("waiting", "delayed", "prioritized"),
        active: await count("active"),
        ended: await count("completed", "failed"),
        workers: await queue.getWorkersCount(),
      };
    } finally {
      await endQueue(queue);
    }
  }

  private queue(code: RunCode): Queue<RunJob, RunDone | null> {
    return this.store.queue(queueOf(code));
  }
}
