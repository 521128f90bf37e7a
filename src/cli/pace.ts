import type { Budget, Spent } from "../training/budget.js";

/** The speed of a run over the last few seconds, and the time left. Older figures mislead, because a better policy plays longer episodes. */

const WINDOW_SECONDS = 3;

interface Sample extends Spent {
  readonly time: number;
}

export class Pace {
  private samples: Sample[];

  /** `time` in seconds, of a monotonic clock. */
  constructor(time: number, steps: number, episodes: number) {
    this.samples = [{ time, steps, episodes }];
  }

  add(time: number, steps: number, episodes: number): void {
    this.samples.push({ time, steps, episodes });
    // One sample older than the window stays, so that the window is always full.
    while (this.samples.length > 2 && this.samples[1].time < time - WINDOW_SECONDS) this.samples.shift();
  }

  get stepsPerSecond(): number {
    return this.rate("steps");
  }

  /** Seconds until the first limit of a budget is reached. Undefined before the rate is known. */
  secondsUntil(budget: Budget): number | undefined {
    const last = this.samples[this.samples.length - 1];
    const times = (["episodes", "steps"] as const).flatMap((counts) => {
      const limit = budget[counts];
      const rate = this.rate(counts);
      return limit === null || rate === 0 ? [] : [Math.max(0, limit - last[counts]) / rate];
    });
    return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
  }

  private rate(what: keyof Budget): number {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    return last.time === first.time ? 0 : (last[what] - first[what]) / (last.time - first.time);
  }
}
