/** How far a sweep is: the runs that are done, and the shares of those at work. */

import type { SweepNews } from "../node/sweeps/task.js";
import { oneLine } from "./printable.js";
import type { ShownSweep } from "./sweep-view.js";

/** Seconds after which a machine that says nothing is not named any more. A queue is looked at every second. */
const SILENT_SECONDS = 10;
/** More machines are only counted. */
const MOST_NAMED = 4;

export class SweepProgress {
  private readonly sweep: ShownSweep;
  private readonly shares = new Map<string, number>();
  private readonly heard = new Map<string, { readonly machine: string; readonly time: number }>();
  private began: number;
  private readonly before: number;

  /** `time` in seconds, of a monotonic clock. */
  constructor(sweep: ShownSweep, time: number) {
    this.sweep = sweep;
    this.began = time;
    this.before = this.share;
  }

  /** `time` in seconds, as for the constructor. */
  add(news: SweepNews, time: number): void {
    if (news.kind !== "progress") {
      this.shares.delete(news.id);
      this.heard.delete(news.id);
      return;
    }
    this.shares.set(news.id, news.share);
    if (news.machine !== undefined) this.heard.set(news.id, { machine: news.machine, time });
  }

  get done(): number {
    return this.sweep.outcomes.size;
  }

  /** `2 on alpha, 1 on beta`: the runs that workers of a queue are at; undefined if none has said so of late. */
  atWork(time: number): string | undefined {
    const runs = new Map<string, number>();
    for (const { machine, time: then } of this.heard.values())
      if (time - then < SILENT_SECONDS) runs.set(machine, (runs.get(machine) ?? 0) + 1);
    if (runs.size === 0) return undefined;
    const all = [...runs.values()].reduce((sum, each) => sum + each, 0);
    if (runs.size > MOST_NAMED) return `${all} on ${runs.size} machines`;
    return [...runs].map(([machine, each]) => `${each} on ${oneLine(machine)}`).join(", ");
  }

  /** Of all runs, from 0 to 1. */
  get share(): number {
    const underWay = [...this.shares.values()].reduce((sum, share) => sum + share, 0);
    return Math.min(1, (this.sweep.outcomes.size + underWay) / this.sweep.runs.length);
  }

  /** Seconds until the end at the pace of this session; undefined before there is one. Waiting for the first worker is no pace. */
  secondsLeft(time: number): number | undefined {
    const made = this.share - this.before;
    if (made > 0) return ((time - this.began) * (1 - this.share)) / made;
    this.began = time;
    return undefined;
  }
}
