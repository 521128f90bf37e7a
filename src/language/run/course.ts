/** Where a run is in its stages. */

import { STAGES, type Stage, type StageName } from "./stages.js";

/** The course through the stages, each of which has a number of updates, perhaps none. */
export class Course {
  readonly counts: Readonly<Record<StageName, number>>;
  private readonly ended: (stage: StageName) => void;
  /** The number of the stage at hand, and its updates so far. */
  at = 0;
  done = 0;

  /** `ended` is called where a stage is over, also where it has no updates. */
  constructor(counts: Readonly<Record<StageName, number>>, ended: (stage: StageName) => void) {
    this.counts = counts;
    this.ended = ended;
    this.enter();
  }

  /** The stage at hand; undefined after the last one. */
  get name(): StageName | undefined {
    return STAGES[this.at];
  }

  get finished(): boolean {
    return this.at === STAGES.length;
  }

  /** The used share of the stage at hand. */
  get share(): number {
    return this.name === undefined ? 1 : this.done / this.counts[this.name];
  }

  get stage(): Stage {
    const name = this.name ?? STAGES[STAGES.length - 1];
    const of = this.counts[name];
    return { name, done: this.finished ? of : this.done, of };
  }

  /** Counts an update. */
  next(): void {
    this.done++;
    this.enter();
  }

  private enter(): void {
    for (let name = this.name; name !== undefined && this.done >= this.counts[name]; name = this.name) {
      this.ended(name);
      this.at++;
      this.done = 0;
    }
  }

  /** Goes on from another course. @throws RangeError for numbers that no course has */
  restore(at: number, done: number): void {
    if (![at, done].every((n) => Number.isSafeInteger(n) && n >= 0) || at > STAGES.length)
      throw new RangeError(`stage and updates can't be ${at} and ${done}`);
    this.at = at;
    this.done = done;
  }
}
