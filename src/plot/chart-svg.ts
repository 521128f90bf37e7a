import { ConfigError } from "../errors.js";
import { decimal, escapeXml } from "../scene/xml.js";
import { curve, type Paper } from "./curve-svg.js";
import { type Legend, legendSvg } from "./legend-svg.js";
import { enclosing, inside, type Scales, scaled } from "./scales.js";
import { type ChartData, colourOf, drawable, type Extent, type Level, measure, type Series } from "./series.js";
import { caption, LETTER, LINE, note, openSvg } from "./svg-text.js";

/** The size of the chart and its captions. */
export interface ChartSvgOptions extends Pick<ChartData, "levels">, Scales {
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly title?: string;
  readonly xLabel?: string;
  /** What the vertical axis shows, above it. */
  readonly yLabel?: string;
  /** Whether several curves get a legend. Default: true. */
  readonly legend?: boolean;
}

/** A chart, and where on it the values lie. */
export interface DrawnChart {
  readonly svg: string;
  /** The area between the axes, in pixels, and the values at its edges. */
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
    readonly x: Extent["x"];
    readonly y: Extent["y"];
  };
}

/**
 * Curves as a self-contained `<svg>` element: axes with round numbers, a legend if there is more than one curve, and
 * bands where a series has one. Text and axes take the colour of the surrounding page (`currentColor`), so the chart is
 * legible on light and on dark pages.
 *
 * @throws ConfigError if the width or the height is not 160 to 100000 pixels, or a series is malformed
 */
export function chartSvg(series: ChartData["series"], options: ChartSvgOptions = {}): string {
  return drawChart(series, options).svg;
}

/** As `chartSvg`, for callers that add something at the place of a value. */
export function drawChart(given: ChartData["series"], options: ChartSvgOptions = {}): DrawnChart {
  const { width = 640, height = 320, title, xLabel, yLabel, xScale, yScale } = options;
  const { series, levels } = scaled({ series: given, levels: options.levels ?? [] }, options);
  for (const [field, given] of Object.entries({ width, height })) {
    if (!(given >= 160 && given <= 1e5)) throw new ConfigError({ field, given, allowed: "160 to 100000 pixels" });
  }
  const extent = measure({ series, levels });
  const keys = options.legend === false ? { rows: 0, drawing: "" } : legend(series, levels, width);
  const heading = 12 + (title === undefined ? 0 : LINE);
  const top = heading + 6 + keys.rows * LINE + (yLabel === undefined ? 0 : LINE);
  const bottom = height - 26 - (xLabel === undefined ? 0 : LINE);
  const yTicks = enclosing(yScale, ...extent.y, Math.max(2, Math.floor((bottom - top) / 36)));
  const left = 14 + LETTER * yTicks.labels.reduce((most, label) => Math.max(most, label.length), 0);
  const right = width - 16;
  const xTicks = inside(xScale, ...extent.x, Math.max(2, Math.floor((right - left) / 80)));
  const y: Extent["y"] = [yTicks.values[0], yTicks.values.at(-1)!];
  const paper: Paper = {
    x: (value) => left + ((value - extent.x[0]) / (extent.x[1] - extent.x[0])) * (right - left),
    y: (value) => bottom - ((value - y[0]) / (y[1] - y[0])) * (bottom - top),
  };

  const label = title ?? series.map((one) => one.label).join(", ");
  const svg = [
    openSvg({ width, height, label }),
    ...(title === undefined ? [] : [`<text x="12" y="${LINE}" font-weight="600">${escapeXml(title)}</text>`]),
    `<g transform="translate(12,${heading})">${keys.drawing}</g>`,
    '<g stroke="currentColor" stroke-opacity="0.15">',
    ...yTicks.values.map((value) => rule(left, right, paper.y(value))),
    "</g>",
    '<g fill-opacity="0.75">',
    ...yTicks.values.map((value, i) => note(yTicks.labels[i], left - 6, paper.y(value) + 4, "end")),
    ...xTicks.values.map((value, i) => note(xTicks.labels[i], paper.x(value), bottom + LINE, "middle")),
    ...(yLabel === undefined ? [] : [note(yLabel, 12, top - 12, "start")]),
    ...(xLabel === undefined ? [] : [caption(xLabel, [left, right], bottom + 2 * LINE, width)]),
    "</g>",
    `<g stroke="currentColor" stroke-opacity="0.5">${xTicks.values.map((value) => `<path d="M${decimal(paper.x(value))},${decimal(bottom)}v4"/>`).join("")}</g>`,
    ...levels.flatMap(({ y: value }) => (Number.isNaN(drawable(value)) ? [] : [level(left, right, paper.y(value))])),
    ...series.flatMap((one, i) => curve(one, colourOf(one, i), paper)),
    "</svg>",
  ].join("\n");
  return { svg, plot: { left, right, top, bottom, x: extent.x, y } };
}

const rule = (left: number, right: number, y: number): string =>
  `<path d="M${decimal(left)},${decimal(y)}H${decimal(right)}"/>`;
const level = (left: number, right: number, y: number): string =>
  `<path d="M${decimal(left)},${decimal(y)}H${decimal(right)}" stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="2 4"/>`;
/** One key for each curve and level. A single curve has no legend. */
function legend(series: readonly Series[], levels: readonly Level[], width: number): Legend {
  const keys = [
    ...series.map((one, i) => ({
      label: one.label,
      mark: one.dots
        ? `stroke="${colourOf(one, i)}" stroke-width="6" stroke-linecap="round" stroke-dasharray="0 7"`
        : `stroke="${colourOf(one, i)}" stroke-width="3"${one.faint ? ' stroke-opacity="0.4"' : ""}`,
    })),
    ...levels.map(({ label }) => ({
      label,
      mark: 'stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="2 4"',
    })),
  ];
  return legendSvg(keys.length < 2 ? [] : keys, width);
}
