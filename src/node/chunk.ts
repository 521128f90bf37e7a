/** A number of steps that takes a fitting time: steps take from half a microsecond to seconds. */
export class Chunk {
  steps = 64;

  /** Adapts the number after work that took so many milliseconds and should take fewer than `slice`. */
  adapt(took: number, slice: number): void {
    if (took < slice / 8) this.steps *= 2;
    else if (took > slice / 2 && this.steps > 1) this.steps /= 2;
  }
}
