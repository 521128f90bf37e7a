/** Linear and logarithmic axes. */

import { log10 } from "./log10.js";
import type { ChartData, Level, Series } from "./series.js";
import { ticksAround, ticksWithin } from "./ticks.js";

/** How values lie along an axis. On a logarithmic one, numbers that are not positive are left out. */
export type Scale = "linear" | "log";

/** The axes of a chart. Default: linear. */
export interface Scales {
  readonly xScale?: Scale | undefined;
  readonly yScale?: Scale | undefined;
}

/** Values and labels along an axis, the values in the axis's own measure: log₁₀ on a logarithmic one. */
export interface AxisTicks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
}

/** The data in the measure of the axes. */
export function scaled({ series, levels = [] }: ChartData, { xScale, yScale }: Scales): Required<ChartData> {
  if (xScale !== "log" && yScale !== "log") return { series, levels };
  const toY = yScale === "log" ? ofPositive : (value: number): number => value;
  const mapped = series.map((one): Series => {
    const { y, x, band } = one;
    const places = xScale === "log" ? Array.from(y, (_, i) => ofPositive(x === undefined ? i : x[i])) : x;
    const bounds = band && { low: Array.from(band.low, toY), high: Array.from(band.high, toY) };
    return { ...one, x: places, y: Array.from(y, toY), band: bounds };
  });
  return { series: mapped, levels: levels.map((level): Level => ({ ...level, y: toY(level.y) })) };
}

function ofPositive(value: number): number {
  return value > 0 ? log10(value) : Number.NaN;
}

/** Ticks that enclose `low` and `high`. */
export function enclosing(scale: Scale | undefined, low: number, high: number, most: number): AxisTicks {
  if (scale !== "log") return ticksAround(low, high, most);
  const marks = marksFor(low, high, most);
  const first = marks.findLastIndex(({ value }) => value <= low + 1e-9);
  const last = marks.findIndex(({ value }) => value >= high - 1e-9);
  return columns(marks.slice(first, last + 1));
}

/** Ticks between `low` and `high`. */
export function inside(scale: Scale | undefined, low: number, high: number, most: number): AxisTicks {
  if (scale !== "log") return ticksWithin(low, high, most);
  return columns(marksFor(low, high, most).filter(({ value }) => value >= low - 1e-9 && value <= high + 1e-9));
}

interface Mark {
  readonly value: number;
  readonly label: string;
}

function columns(marks: readonly Mark[]): AxisTicks {
  return { values: marks.map(({ value }) => value), labels: marks.map(({ label }) => label) };
}

/** Powers of ten from below `low` to above `high`: every one or every second …, with 2 and 5 times them where there is room. */
function marksFor(low: number, high: number, most: number): Mark[] {
  const first = Math.floor(low + 1e-9);
  const last = Math.ceil(high - 1e-9);
  const decades = Math.max(1, high - low);
  const digits = 3 * decades <= most ? [1, 2, 5] : 2 * decades <= most ? [1, 3] : [1];
  const every = Math.max(1, Math.ceil((last - first) / Math.max(2, most)));
  const marks: Mark[] = [];
  for (let exponent = first; exponent <= Math.max(last, first + 1) + every - 1; exponent += every)
    for (const digit of digits) {
      const number = Number(`${digit}e${exponent}`);
      marks.push({ value: exponent + (digit === 1 ? 0 : log10(digit)), label: labelOf(number, exponent) });
    }
  return marks;
}

function labelOf(number: number, exponent: number): string {
  if (exponent < -4 || exponent > 11) return number.toExponential().replace("e+", "e");
  const sizes = [
    [9, "G"],
    [6, "M"],
    [3, "k"],
  ] as const;
  const unit = exponent >= 4 ? sizes.find(([size]) => exponent >= size) : undefined;
  return unit === undefined ? String(number) : `${Number(`${number}e-${unit[0]}`)}${unit[1]}`;
}
