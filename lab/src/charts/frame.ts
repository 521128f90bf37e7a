/** Where values lie on a chart. */

import type { Range } from "./thin.js";
import { logTicks, ticks } from "./ticks.js";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Range;
  readonly y: Range;
  readonly log: boolean;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

const LEFT = 46;
const BOTTOM = 24;

export function frameOf(shape: {
  readonly width: number;
  readonly height: number;
  /** Room for labels at the ends of lines. */
  readonly margin: number;
  readonly x: Range;
  readonly y: Range;
  readonly log: boolean;
}): Frame {
  const { width, height, margin, x, y, log } = shape;
  const right = Math.max(LEFT + 40, width - 8 - margin);
  const bottom = height - BOTTOM;
  const most = Math.max(3, Math.floor((bottom - 8) / 34));
  return {
    width,
    height,
    left: LEFT,
    right,
    top: 8,
    bottom,
    x,
    y,
    log,
    xTicks: ticks(x[0], x[1], Math.max(3, Math.floor((right - LEFT) / 72))),
    yTicks: log ? logTicks(y[0], y[1], most) : ticks(y[0], y[1], most),
  };
}

export function toX({ left, right, x: [from, to] }: Frame, value: number): number {
  return left + ((value - from) / (to - from)) * (right - left);
}

export function toY({ top, bottom, y: [low, high], log }: Frame, value: number): number {
  const share = log
    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
    : (value - low) / (high - low);
  return bottom - share * (bottom - top);
}

/** The place of a pixel, within what is seen. */
export function placeAt({ left, right, x: [from, to] }: Frame, pixel: number): number {
  const share = Math.min(1, Math.max(0, (pixel - left) / (right - left)));
  return from + share * (to - from);
}

/** From below the least value to above the largest one. */
export function around(low: number, high: number, log: boolean): Range {
  if (!(low <= high)) return log ? [0.1, 10] : [0, 1];
  if (log) {
    const factor = Math.max((high / low) ** 0.05, 1.05);
    return [low / factor, high * factor];
  }
  const room = (high - low) * 0.05 || Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

/** Places for labels of one line height, as near to where they belong as they can be without touching. Sorted as given. */
export function apart(wanted: readonly number[], size: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let floor = top;
  for (const i of order) {
    placed[i] = Math.max(placed[i], floor);
    floor = placed[i] + size;
  }
  let ceiling = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], ceiling);
    ceiling = placed[i] - size;
  }
  return placed;
}
