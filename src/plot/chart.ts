import { ConfigError } from "../errors.js";
import { type ColourDepth, RESET, select, toRgb } from "../scene/ansi.js";
import { brailleLetter, DOTS_ACROSS, DOTS_DOWN } from "../scene/braille.js";
import { letters } from "../scene/letters.js";
import { type Dots, dotCurve, scale } from "./dots.js";
import { type AxisTicks, enclosing, inside, type Scales, scaled } from "./scales.js";
import { type ChartData, colourOf, type Extent, measure } from "./series.js";

/** The size of the chart and its captions. */
export interface ChartOptions extends Pick<ChartData, "levels">, Scales {
  /** The chart fills this box and never leaves it. */
  readonly columns: number;
  readonly rows: number;
  readonly colour?: ColourDepth;
  readonly title?: string;
  readonly xLabel?: string;
  /** What the vertical axis shows, above it. */
  readonly yLabel?: string;
}

/** The least room for the curves. Axes and captions that would leave less are dropped. */
const ROOM = { columns: 10, rows: 3 };

/**
 * Curves in braille dots for a terminal: an axis with round numbers on the left, one below, and a legend if there is
 * more than one curve. The result has exactly `rows` lines, none wider than `columns`. Where two curves cross in a
 * cell, the cell has the colour of the later one. A small box loses its captions first, then its axes.
 *
 * @throws ConfigError if `columns` or `rows` is not a whole number of at least 1, or a series is malformed
 */
export function chart(given: ChartData["series"], options: ChartOptions): string {
  const { columns, rows, colour = "none", title, xLabel, yLabel, xScale, yScale } = options;
  const { series, levels } = scaled({ series: given, levels: options.levels ?? [] }, options);
  for (const [field, given] of Object.entries({ columns, rows })) {
    if (!Number.isSafeInteger(given) || given < 1)
      throw new ConfigError({ field, given, allowed: "a whole number of at least 1" });
  }
  const extent = measure({ series, levels });

  const above: string[] = [];
  const spare = (): number => rows - ROOM.rows - above.length;
  const hasAxes = columns >= ROOM.columns + 8 && spare() >= 2;
  const axisRows = hasAxes ? 2 : 0;
  if (title !== undefined && spare() > axisRows) above.push(cut(title, columns));
  const names = [...series.map(({ label }) => label), ...levels.map(({ label }) => label)];
  if (names.length > 1 && spare() > axisRows) above.push(legend(series, levels, columns, colour));
  if (yLabel !== undefined && spare() > axisRows) above.push(cut(yLabel, columns));

  const plotRows = rows - above.length - axisRows;
  const yTicks = enclosing(yScale, ...extent.y, Math.floor(plotRows / 3));
  const y: Extent["y"] = [yTicks.values[0], yTicks.values.at(-1)!];
  const gutter = hasAxes
    ? Math.min(
        yTicks.labels.reduce((most, label) => Math.max(most, label.length), 0),
        columns - ROOM.columns,
      ) + 2
    : 0;
  const dots = plot(series, levels, { x: extent.x, y }, columns - gutter, plotRows);
  const toDot = scale(y, plotRows * DOTS_DOWN);
  const tickRows = yTicks.values.map((value) => plotRows - 1 - Math.floor(toDot(value) / DOTS_DOWN));
  const body = paint(dots, series, colour).map((line, row) => {
    if (!hasAxes) return line;
    const label = yTicks.labels.find((_, i) => tickRows[i] === row);
    const mark = label === undefined ? "│" : "┤";
    return `${cut(label ?? "", gutter - 2).padStart(gutter - 2)} ${mark}${line}`;
  });
  const below = hasAxes
    ? xAxis(inside(xScale, ...extent.x, Math.floor((columns - gutter) / 12)), extent.x, columns - gutter, xLabel).map(
        (line) => " ".repeat(gutter - 1) + line,
      )
    : [];
  return [...above, ...body, ...below].join("\n");
}

const cut = (text: string, columns: number): string => letters(text).slice(0, columns).join("");

/** The dots of all curves, and for each cell the index of the visible curve (-1 for a level or an empty cell). */
function plot(
  series: ChartData["series"],
  levels: NonNullable<ChartData["levels"]>,
  extent: Extent,
  columns: number,
  rows: number,
): Dots {
  const dots: Dots = {
    columns,
    rows,
    isSet: new Uint8Array(columns * DOTS_ACROSS * rows * DOTS_DOWN),
    owner: new Int32Array(columns * rows).fill(-1),
  };
  for (const { y } of levels) dotCurve(dots, { x: [...extent.x], y: [y, y] }, extent, -1, 3);
  for (const [k, one] of series.entries()) dotCurve(dots, one, extent, k, one.faint || one.dots ? 0 : 1);
  return dots;
}

function paint({ columns, rows, isSet, owner }: Dots, series: ChartData["series"], depth: ColourDepth): string[] {
  const across = columns * DOTS_ACROSS;
  return Array.from({ length: rows }, (_, row) => {
    let line = "";
    let ink = -1;
    for (let column = 0; column < columns; column++) {
      const letter = brailleLetter((x, y) => isSet[(row * DOTS_DOWN + y) * across + column * DOTS_ACROSS + x] === 1);
      const next = owner[row * columns + column];
      if (letter !== " " && next !== ink) {
        line += next < 0 ? select("ink", -1, depth) : select("ink", toRgb(colourOf(series[next], next)), depth);
        ink = next;
      }
      line += letter;
    }
    return ink < 0 || depth === "none" ? line : line + RESET;
  });
}

function legend(
  series: ChartData["series"],
  levels: readonly { label: string }[],
  columns: number,
  depth: ColourDepth,
): string {
  let line = "";
  let used = 0;
  const add = (text: string, before = ""): void => {
    const shown = cut(text, columns - used);
    used += letters(shown).length;
    line += before + shown;
  };
  series.forEach((one, i) => {
    add(`${i === 0 ? "" : "  "}${one.faint || one.dots ? "⠶" : "━"} `, select("ink", toRgb(colourOf(one, i)), depth));
    add(one.label, depth === "none" ? "" : RESET);
  });
  for (const { label } of levels) add(`${used === 0 ? "" : "  "}┄ ${label}`);
  return line;
}

/** The axis with its ticks, and the line of numbers below it. A number that would touch the one before is left out. */
function xAxis(
  ticks: AxisTicks,
  [least, most]: Extent["x"],
  columns: number,
  label = "",
): [axis: string, numbers: string] {
  const name = cut(label, Math.floor(columns / 3));
  const toDot = scale([least, most], columns * DOTS_ACROSS);
  const axis = Array.from({ length: columns }, () => "─");
  const numbers = Array.from({ length: columns + 1 }, () => " ");
  const room = columns + 1 - (name === "" ? 0 : name.length + 1);
  let free = 0;
  ticks.values.forEach((value, i) => {
    const column = Math.floor(toDot(value) / DOTS_ACROSS);
    const text = ticks.labels[i];
    const start = Math.min(Math.max(column + 1 - Math.floor(text.length / 2), 0), room - text.length);
    axis[column] = "┬";
    if (start < free) return;
    numbers.splice(start, text.length, ...text);
    free = start + text.length + 1;
  });
  if (name !== "") numbers.splice(columns + 1 - letters(name).length, numbers.length, ...letters(name));
  return [`└${axis.join("")}`, numbers.join("")];
}
