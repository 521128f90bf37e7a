/**
 * The list of sweeps that want workers, as a queue that nobody takes jobs from. A worker learns from it why there is no work
 * for it.
 */

import type { Queue } from "bullmq";
import { endQueue } from "./leave.js";
import type { ListedSweep } from "./run-job.js";
import type { Store } from "./store.js";

const LIST = "ascent-sweeps";

export class SweepList {
  private readonly queue: Queue<ListedSweep, never>;

  constructor(store: Store) {
    this.queue = store.queue<ListedSweep, never>(LIST);
  }

  async add(sweep: ListedSweep): Promise<void> {
    await this.queue.add("sweep", sweep, { jobId: sweep.sweep });
  }

  async all(): Promise<ListedSweep[]> {
    const jobs = await this.queue.getJobs(["waiting", "prioritized"]);
    return jobs.map(({ data }) => data);
  }

  async has(sweep: string): Promise<boolean> {
    return (await this.queue.getJob(sweep)) !== undefined;
  }

  async remove(sweep: string): Promise<void> {
    await (await this.queue.getJob(sweep))?.remove();
  }

  close(): Promise<void> {
    return endQueue(this.queue);
  }
}
