/** When a run is saved, by the clock. None of this affects its results. */

const DEFAULT_CHECKPOINT_SECONDS = 5;
/** By default checkpoints take at most 1/40 of the time. */
const CHECKPOINT_SHARE = 40;
/** Milliseconds after which updates are flushed, so that other programs can follow `metrics.jsonl`. */
const FLUSH_MS = 250;

export class SaveSchedule {
  /** Seconds between checkpoints, if they were asked for. */
  private readonly seconds: number | undefined;
  private savedAt: number = performance.now();
  private flushedAt: number = performance.now();
  private cost = 0;

  constructor(seconds: number | undefined) {
    this.seconds = seconds;
  }

  /** What is to be done now. A flush counts as done then. */
  due(): "save" | "flush" | undefined {
    const now = performance.now();
    if (now - this.savedAt >= this.interval) return "save";
    if (now - this.flushedAt < FLUSH_MS) return undefined;
    this.flushedAt = now;
    return "flush";
  }

  /** A checkpoint was begun at `start`, and is written. */
  saved(start: number): void {
    this.savedAt = this.flushedAt = performance.now();
    this.cost = this.savedAt - start;
  }

  private get interval(): number {
    if (this.seconds !== undefined) return this.seconds * 1000;
    return Math.max(DEFAULT_CHECKPOINT_SECONDS * 1000, CHECKPOINT_SHARE * this.cost);
  }
}
