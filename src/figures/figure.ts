/** A picture as data. `figureSvg` and `figureText` draw it, and a page may draw it otherwise. */

import type { BarData } from "../plot/bar-data.js";
import type { Scales } from "../plot/scales.js";
import type { Level, Series } from "../plot/series.js";

interface Captioned {
  /** For file names and the command line. */
  readonly name: string;
  readonly title: string;
  /** What it shows, as one or two sentences. */
  readonly caption: string;
  /** What the horizontal axis shows, with its unit. */
  readonly xLabel: string;
}

/** Curves or points. */
export interface CurveFigure extends Captioned, Scales {
  readonly kind: "curves";
  readonly series: readonly Series[];
  readonly levels?: readonly Level[];
  readonly yLabel: string;
}

/** Bars. */
export interface BarFigure extends Captioned, BarData {
  readonly kind: "bars";
}

/** A picture of either kind. */
export type Figure = CurveFigure | BarFigure;

/** A number as it stands beside a bar: three digits. */
export function brief(value: number): string {
  if (Math.abs(value) < 1e-12) return "0";
  const rounded = Number(value.toPrecision(3));
  const small = Math.abs(rounded) < 1e-3;
  return small
    ? rounded.toExponential().replace("e+", "e")
    : rounded.toLocaleString("en-GB", { maximumFractionDigits: 4 });
}

/** Points of a scatter plot as a series, from left to right. */
export function points(label: string, places: readonly (readonly [x: number, y: number])[]): Series {
  const sorted = [...places].sort((a, b) => a[0] - b[0]);
  return {
    label,
    x: sorted.map(([x]) => x),
    y: sorted.map(([, y]) => y),
    dots: true,
  };
}
