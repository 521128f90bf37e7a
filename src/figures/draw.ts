/** Draws figures as SVG and as text. */

import { checkFields, checkName, checkOptions, checkReal, checkWhole } from "../estimators/checks.js";
import { bars } from "../plot/bars.js";
import { barsSvg } from "../plot/bars-svg.js";
import { chart } from "../plot/chart.js";
import { chartSvg } from "../plot/chart-svg.js";
import type { ColourDepth } from "../scene/ansi.js";
import type { Figure } from "./figure.js";

/** The ratio of width and height of curves. */
const SHAPE = 0.6;
const TALLEST = 380;
const LOWEST = 260;

/** A figure as a self-contained `<svg>` element with the colours of the page around it, so many pixels wide. */
export function figureSvg(figure: Figure, options: { readonly width: number }): string {
  checkFigure(figure);
  checkOptions(options, ["width"]);
  const { width } = options;
  checkReal("width", width, { min: 100 });
  if (figure.kind === "bars") return barsSvg(figure, { width, title: figure.title, xLabel: figure.xLabel });
  const height = Math.min(TALLEST, Math.max(LOWEST, Math.round(SHAPE * width)));
  return chartSvg(figure.series, { ...figure, width, height });
}

/** A figure for a terminal, in at most so many columns. */
export function figureText(
  figure: Figure,
  options: { readonly columns: number; readonly colour?: ColourDepth },
): string {
  checkFigure(figure);
  checkOptions(options, ["columns"]);
  const { columns, colour = "none" } = options;
  checkWhole("columns", columns, 1);
  checkName("colour", colour, ["none", "256", "24-bit"]);
  const { title, xLabel } = figure;
  if (figure.kind === "bars") return bars(figure, { columns, colour, title, xLabel });
  return chart(figure.series, {
    ...figure,
    columns,
    rows: Math.max(14, Math.min(22, Math.round(columns / 4))),
    colour,
  });
}

/** @throws ConfigError unless it is a figure of either kind */
function checkFigure(given: unknown): void {
  checkFields("figure", given, ["kind", "title", "caption", "xLabel"], "a figure, such as lambdaFigure() makes");
}
