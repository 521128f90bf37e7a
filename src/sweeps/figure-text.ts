import type { Interval } from "./resampling.js";

/** Three digits or so: `0.062`, `36.2`, `475`. */
export function figureText(value: number): string {
  const size = Math.abs(value);
  return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)));
}

/** `[488, 500]` */
export function intervalText([low, high]: Interval): string {
  return `[${figureText(low)}, ${figureText(high)}]`;
}
