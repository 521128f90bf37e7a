/** How fast a run goes and how long it will take, from the last few seconds: episodes grow longer as a policy gets better. */

const WINDOW_SECONDS = 3;

interface Sample {
  readonly time: number;
  readonly steps: number;
  readonly episodes: number;
}

export class Pace {
  private samples: Sample[];

  /** `time` in seconds, of any clock that only goes forward. */
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

  /** Seconds until `episodes` are complete; undefined while nobody can say. */
  secondsUntil(episodes: number): number | undefined {
    const rate = this.rate("episodes");
    return rate === 0 ? undefined : (episodes - this.samples[this.samples.length - 1].episodes) / rate;
  }

  private rate(what: "steps" | "episodes"): number {
    const first = this.samples[0];
    const last = this.samples[this.samples.length - 1];
    return last.time === first.time ? 0 : (last[what] - first[what]) / (last.time - first.time);
  }
}
