/** A place for one run at a time on this machine: a process that is made when it is first needed, and again after it died. */

import { Job } from "../sweeps/job.js";
import type { RunNews, Task } from "../sweeps/task.js";

export interface SlotTask {
  readonly task: Task;
  progress(news: RunNews & { kind: "progress" }): void;
}

export class Slot {
  private job: Job | undefined;
  private listener: { news(news: RunNews): void; through(reason?: string): void } | undefined;

  /** Trains a run. Returns its last news, or undefined if it was stopped. @throws Error if its process died */
  train({ task, progress }: SlotTask): Promise<RunNews | undefined> {
    return new Promise((resolve, reject) => {
      let last: RunNews | undefined;
      this.listener = {
        news: (news) => (news.kind === "progress" ? progress(news) : (last = news)),
        through: (reason) => {
          this.listener = undefined;
          if (reason === undefined || last !== undefined) resolve(last);
          else reject(new Error(`the process that trained it died: ${reason}`));
        },
      };
      this.job ??= this.begun();
      this.job.train(task);
    });
  }

  /** Has the run at work saved, if there is one, and ends the process. */
  stop(): void {
    const stopped = this.job;
    this.job = undefined;
    stopped?.stop();
  }

  private begun(): Job {
    return new Job({
      news: (news) => this.listener?.news(news),
      idle: (job) => {
        this.listener?.through();
        // It was stopped: its next run gets a new process.
        if (job !== this.job) job.stop();
      },
      ended: (job, reason) => {
        if (job === this.job) {
          this.job = undefined;
          this.listener?.through(`${reason} ${job.lastWords}`.trim());
        }
      },
    });
  }
}
