/** Where in an episode a picture is that plays at a given rate. */
export interface Playhead {
  /** Whole frames; the fraction is kept, so that 50 frames a second are 50 on a screen that draws 60. */
  readonly at: number;
  readonly rest: number;
}

/** Longer gaps are pauses of the page (another tab in front), which the picture should not catch up with. */
const LONGEST_GAP = 250;

/** The place after some milliseconds at a rate of frames a second. It stays on the last frame. */
export function moved({ at, rest }: Playhead, milliseconds: number, rate: number, last: number): Playhead {
  const way = rest + (Math.min(milliseconds, LONGEST_GAP) / 1000) * rate;
  const whole = Math.floor(way);
  return at + whole >= last ? { at: last, rest: 0 } : { at: at + whole, rest: way - whole };
}
