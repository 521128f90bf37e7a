import { ConfigError } from "../errors.js";
import type { Colour } from "../scene/scene.js";
import { PALETTE } from "./palette.js";

/** One curve. */
export interface Series {
  readonly label: string;
  /** Where nothing is known, NaN: it leaves a gap. Infinite values do too. */
  readonly y: ArrayLike<number>;
  /** The place of each value; 0, 1, 2, … unless given. Finite, and none smaller than the one before. */
  readonly x?: ArrayLike<number>;
  /** One of the palette, in order, unless given. */
  readonly colour?: Colour;
  /** For what a mean is drawn of: pale and thin in SVG, dots without lines between them in a terminal. */
  readonly faint?: boolean;
  /** A band around the curve, such as a confidence interval, value by value. Drawn in SVG only. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** A horizontal line to compare with, such as the return that counts as solved. */
export interface Level {
  readonly y: number;
  readonly label: string;
}

export interface ChartData {
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
}

/** Smallest and largest x and y of all that is drawn. */
export interface Extent {
  readonly x: readonly [least: number, most: number];
  readonly y: readonly [least: number, most: number];
}

/** Beyond this a difference of two values would not be finite. */
const HUGE = 1e300;

export const xOf = ({ x }: Series, i: number): number => (x === undefined ? i : x[i]);
/** The value, or NaN where there is none to draw. */
export const drawable = (value: number): number => (Math.abs(value) <= HUGE ? value : NaN);
export const colourOf = ({ colour }: Series, i: number): Colour => colour ?? PALETTE[i % PALETTE.length];

/** Checks the data and measures it; without a single point to draw, x and y go from 0 to 1. */
export function measure({ series, levels = [] }: ChartData): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
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

/** An interval with room: a single value gets some on both sides, as much as float64 can tell apart with ease. */
function widened(least: number, most: number): [number, number] {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least > Math.max(1e-9 * size, 1e-290)) return [least, most];
  const room = size === 0 ? 1 : Math.max(size / 2, 1e-290);
  return [least - room, most + room];
}
