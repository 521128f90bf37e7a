/** Bars as SVG. */

import { ConfigError } from "../errors.js";
import { decimal, escapeXml } from "../scene/xml.js";
import { type BarData, barExtent, colourOfPart } from "./bar-data.js";
import { legendSvg } from "./legend-svg.js";
import { caption, LETTER, LINE, note, openSvg } from "./svg-text.js";
import { ticksWithin } from "./ticks.js";

/** The width of the drawing, and its captions. Its height follows from the number of bars. */
export interface BarsSvgOptions {
  /** In pixels. */
  readonly width?: number;
  readonly title?: string;
  /** What the length of a bar means. */
  readonly xLabel?: string;
}

const ROW = 20;
const THICK = 13;

/**
 * Horizontal bars as a self-contained `<svg>` element: a label, stacked parts and a note each, a legend where there are several
 * parts, and an axis from 0. Text takes the colour of the surrounding page.
 *
 * @throws ConfigError if the width is not 160 to 100000 pixels, or a bar can't be drawn
 */
export function barsSvg(data: BarData, { width = 640, title, xLabel }: BarsSvgOptions = {}): string {
  if (!(width >= 160 && width <= 1e5))
    throw new ConfigError({ field: "width", given: width, allowed: "160 to 100000 pixels" });
  const { least, most } = barExtent(data);
  const longest = (texts: readonly string[]): number => texts.reduce((sum, { length }) => Math.max(sum, length), 0);
  const left = 16 + LETTER * longest(data.bars.map(({ label }) => label));
  const right = Math.max(left + 40, width - 18 - LETTER * longest(data.bars.map(({ note = "" }) => note)));
  const keys = legendSvg(
    data.parts.length < 2
      ? []
      : data.parts.map((label, i) => ({ label, mark: `stroke="${colourOfPart(i)}" stroke-width="8"` })),
    width,
  );
  const heading = 12 + (title === undefined ? 0 : LINE);
  const top = heading + 6 + keys.rows * LINE;
  const bottom = top + data.bars.length * ROW;
  const height = bottom + 26 + (xLabel === undefined ? 0 : LINE);
  const x = (value: number): number => left + ((value - least) / (most - least)) * (right - left);
  const ticks = ticksWithin(least, most, Math.max(2, Math.floor((right - left) / 70)));

  return [
    openSvg({ width, height, label: title ?? data.bars.map(({ label }) => label).join(", ") }),
    ...(title === undefined ? [] : [`<text x="12" y="${LINE}" font-weight="600">${escapeXml(title)}</text>`]),
    `<g transform="translate(12,${heading})">${keys.drawing}</g>`,
    '<g stroke="currentColor" stroke-opacity="0.15">',
    ...ticks.values.map((value) => `<path d="M${decimal(x(value))},${decimal(top)}V${decimal(bottom)}"/>`),
    "</g>",
    ...data.bars.flatMap(({ label, parts, note: text }, i) => {
      const y = top + i * ROW + ROW / 2;
      let sum = 0;
      const drawn = parts.flatMap((value, part) => {
        const from = x(sum);
        sum += value;
        const to = x(sum);
        if (value === 0) return [];
        const place = `x="${decimal(Math.min(from, to))}" y="${decimal(y - THICK / 2)}"`;
        return [
          `<rect ${place} width="${decimal(Math.abs(to - from))}" height="${THICK}" fill="${colourOfPart(part)}"/>`,
        ];
      });
      const end = Math.max(x(0), x(sum));
      return [
        note(label, left - 6, y + 4, "end"),
        ...drawn,
        ...(text === undefined ? [] : [note(text, end + 5, y + 4, "start")]),
      ];
    }),
    `<path d="M${decimal(x(0))},${decimal(top)}V${decimal(bottom)}" stroke="currentColor" stroke-opacity="0.5"/>`,
    '<g fill-opacity="0.75">',
    ...ticks.values.map((value, i) => note(ticks.labels[i], x(value), bottom + LINE, "middle")),
    ...(xLabel === undefined ? [] : [caption(xLabel, [left, right], bottom + 2 * LINE, width)]),
    "</g>",
    "</svg>",
  ].join("\n");
}
