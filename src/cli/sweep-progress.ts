/** How far a sweep is: the runs that are done, and the shares of those at work. */

import type { SweepNews } from "../node/sweeps/task.js";
import type { ShownSweep } from "./sweep-view.js";

export class SweepProgress {
  private readonly sweep: ShownSweep;
  private readonly shares = new Map<string, number>();
  private readonly began: number;
  private readonly before: number;

  /** `time` in seconds, of a monotonic clock. */
  constructor(sweep: ShownSweep, time: number) {
    this.sweep = sweep;
    this.began = time;
    this.before = this.share;
  }

  add(news: SweepNews): void {
    if (news.kind === "progress") this.shares.set(news.id, news.share);
    else this.shares.delete(news.id);
  }

  get done(): number {
    return this.sweep.outcomes.size;
  }

  /** Of all runs, from 0 to 1. */
  get share(): number {
    const underWay = [...this.shares.values()].reduce((sum, share) => sum + share, 0);
    return Math.min(1, (this.sweep.outcomes.size + underWay) / this.sweep.runs.length);
  }

  /** Seconds until the end at the pace of this session; undefined before there is one. */
  secondsLeft(time: number): number | undefined {
    const made = this.share - this.before;
    return made <= 0 ? undefined : ((time - this.began) * (1 - this.share)) / made;
  }
}
