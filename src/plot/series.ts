import { ConfigError } from "../errors.js";
import type { Colour } from "../scene/scene.js";
import { PALETTE } from "./palette.js";

/** One curve. */
export interface Series {
  readonly label: string;
  /** NaN marks a missing value; it leaves a gap, as infinite values do. */
  readonly y: ArrayLike<number>;
  /** The place of each value: finite, never decreasing. Default: 0, 1, 2, … */
  readonly x?: ArrayLike<number>;
  /** Default: the next colour of the palette. */
  readonly colour?: Colour;
  /**
   * Draws the curve in the background, as for the runs behind a mean: thin and pale in SVG, unconnected dots in a
   * terminal.
   */
  readonly faint?: boolean;
  /** Draws each value as a dot of its own, as in a scatter plot. */
  readonly dots?: boolean;
  /** A band around the curve, such as a confidence interval, one pair of bounds per value. Drawn in SVG only. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** A horizontal reference line, such as the return that counts as solved. */
export interface Level {
  readonly y: number;
  readonly label: string;
}

export interface ChartData {
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
}

/** The smallest and the largest x and y that the chart shows. */
export interface Extent {
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
}

/** The largest magnitude drawn. Beyond it, the difference of two values may overflow. */
const HUGE = 1e300;

export const xOf = ({ x }: Series, i: number): number => (x === undefined ? i : x[i]);
/** The value, or NaN if it cannot be drawn. */
export const drawable = (value: number): number => (Math.abs(value) <= HUGE ? value : NaN);
export const colourOf = ({ colour }: Series, i: number): Colour => colour ?? PALETTE[i % PALETTE.length];

/** Checks the series and returns their extent; x and y run from 0 to 1 if there is no point to draw. */
export function measure({ series, levels = [] }: ChartData): Extent {
  let left = Infinity;
  let right = -Infinity;
  let bottom = Infinity;
  let top = -Infinity;
  const include = (value: number): void => {
    if (Number.isNaN(drawable(value))) return;
    bottom = Math.min(bottom, value);
    top = Math.max(top, value);
  };
  series.forEach((one, k) => {
    check(one, `series[${k}]`);
    for (let i = 0; i < one.y.length; i++) {
      left = Math.min(left, xOf(one, i));
      right = Math.max(right, xOf(one, i));
      include(one.y[i]);
      if (one.band) {
        include(one.band.low[i]);
        include(one.band.high[i]);
      }
    }
  });
  for (const { y } of levels) include(y);
  return { x: left <= right ? widened(left, right) : [0, 1], y: bottom <= top ? widened(bottom, top) : [0, 1] };
}

function check({ x, y, colour, band }: Series, field: string): void {
  for (const [name, list] of Object.entries({ x, "band.low": band?.low, "band.high": band?.high })) {
    if (list !== undefined && list.length !== y.length)
      throw new ConfigError({
        field: `${field}.${name}`,
        given: list.length,
        allowed: `${y.length} values, as many as y`,
      });
  }
  for (let i = 0; x !== undefined && i < x.length; i++) {
    if (!(Math.abs(x[i]) <= HUGE) || (i > 0 && x[i] < x[i - 1]))
      throw new ConfigError({ field: `${field}.x[${i}]`, given: x[i], allowed: "finite numbers that never fall" });
  }
  if (colour !== undefined && !/^#[0-9a-f]{6}$/i.test(colour))
    throw new ConfigError({ field: `${field}.colour`, given: colour, allowed: "a colour such as #3b82c4" });
}

/** Widens an interval too narrow for float64 to divide: a single value gets a margin on both sides. */
function widened(least: number, most: number): [number, number] {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least > Math.max(1e-9 * size, 1e-290)) return [least, most];
  const room = size === 0 ? 1 : Math.max(size / 2, 1e-290);
  return [least - room, most + room];
}
