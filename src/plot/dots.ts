import { DOTS_ACROSS, DOTS_DOWN } from "../scene/braille.js";
import { drawable, type Extent, type Series, xOf } from "./series.js";

/** A grid of braille dots. */
export interface Dots {
  readonly columns: number;
  readonly rows: number;
  /** 1 for each dot that is set, row by row. */
  readonly isSet: Uint8Array;
  /** For each cell, the index of the curve whose dots are visible. */
  readonly owner: Int32Array;
}

/**
 * Draws every `every`-th dot of a curve; with 0, only its values, without lines between them. A value that is not
 * finite leaves a gap, and an isolated value is a single dot.
 */
export function dotCurve(
  dots: Dots,
  curve: Pick<Series, "x" | "y">,
  extent: Extent,
  owner: number,
  every: number,
): void {
  const width = dots.columns * DOTS_ACROSS;
  const height = dots.rows * DOTS_DOWN;
  const toX = scale(extent.x, width);
  const toY = scale(extent.y, height);
  let drawn = 0;
  const set = (x: number, y: number): void => {
    if (every > 1 && drawn++ % every !== 0) return;
    dots.isSet[(height - 1 - y) * width + x] = 1;
    dots.owner[Math.floor((height - 1 - y) / DOTS_DOWN) * dots.columns + Math.floor(x / DOTS_ACROSS)] = owner;
  };
  let before: { x: number; y: number } | undefined;
  for (let i = 0; i < curve.y.length; i++) {
    const value = drawable(curve.y[i]);
    if (Number.isNaN(value)) {
      before = undefined;
      continue;
    }
    const here = { x: toX(xOf(curve as Series, i)), y: toY(value) };
    if (before === undefined || every === 0) set(here.x, here.y);
    else segment(before, here, set);
    before = here;
  }
}

/** Maps an interval to the indices of `count` dots, its ends to the first and the last. */
export function scale([least, most]: readonly [number, number], count: number): (value: number) => number {
  return (value) => Math.min(Math.max(Math.round(((value - least) / (most - least)) * (count - 1)), 0), count - 1);
}

/** The dots of a line from a (excluded) to b: one per column or one per row, whichever is more. */
function segment(a: { x: number; y: number }, b: { x: number; y: number }, set: (x: number, y: number) => void): void {
  const steps = Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y));
  for (let i = 1; i <= steps; i++) {
    set(Math.round(a.x + ((b.x - a.x) * i) / steps), Math.round(a.y + ((b.y - a.y) * i) / steps));
  }
}
