/** Bars in a terminal. */

import { type ColourDepth, RESET, select, toRgb } from "../scene/ansi.js";
import { letters } from "../scene/letters.js";
import { type Bar, type BarData, barExtent, colourOfPart } from "./bar-data.js";
import { ticksWithin } from "./ticks.js";

/** The width of the drawing, and its captions. */
export interface BarsOptions {
  readonly columns: number;
  readonly colour?: ColourDepth;
  readonly title?: string;
  /** What the length of a bar means. */
  readonly xLabel?: string;
}

/** The letters of the first, the second … part of a bar, so that they differ without colours. */
const SHADES = ["█", "░", "▓", "▒"] as const;
const LEAST_ROOM = 10;

/**
 * Bars side by side, one a line: label, bar and note, with a legend where bars have several parts, and an axis below. Lines are
 * at most `columns` wide; with fewer than about 30, labels are cut.
 */
export function bars(data: BarData, { columns, colour = "none", title, xLabel }: BarsOptions): string {
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, letters(text).length), 0);
  const notes = widest(data.bars.map(({ note = "" }) => note));
  const names = Math.min(widest(data.bars.map(({ label }) => label)), Math.max(0, columns - notes - LEAST_ROOM - 3));
  const room = Math.max(1, columns - names - 2 - (notes === 0 ? 0 : notes + 1));
  const { least, most } = barExtent(data);
  const toColumn = (value: number): number => Math.round(((value - least) / (most - least)) * room);
  const ink = (part: number, text: string): string =>
    text === "" || colour === "none" ? text : select("ink", toRgb(colourOfPart(part)), colour) + text + RESET;

  const line = ({ label, parts, note = "" }: Bar): string => {
    const name = letters(label).slice(0, names).join("");
    const drawn = strip(parts, toColumn, ink);
    return `${name}${" ".repeat(names - letters(name).length)} │${drawn}${note === "" ? "" : ` ${note}`}`.trimEnd();
  };
  const keys = data.parts.map((part, i) => `${ink(i, SHADES[i % SHADES.length])} ${part}`).join("   ");
  return [
    ...(title === undefined ? [] : [letters(title).slice(0, columns).join("")]),
    ...(data.parts.length < 2 ? [] : [keys]),
    ...data.bars.map(line),
    `${" ".repeat(names + 1)}└${"─".repeat(room)}`,
    `${" ".repeat(names + 2)}${numbers(least, most, room, toColumn)}`.trimEnd(),
    ...(xLabel === undefined
      ? []
      : [
          `${" ".repeat(names + 2)}${letters(xLabel)
            .slice(0, columns - names - 2)
            .join("")}`,
        ]),
  ].join("\n");
}

/** The blanks and shades of a bar, up to its end. */
function strip(
  parts: readonly number[],
  toColumn: (value: number) => number,
  ink: (part: number, text: string) => string,
): string {
  const total = parts.reduce((sum, value) => sum + value, 0);
  const zero = toColumn(0);
  if (total < 0) {
    const part = parts.findIndex((value) => value !== 0);
    const from = toColumn(total);
    return " ".repeat(from) + ink(part, SHADES[part % SHADES.length].repeat(zero - from));
  }
  let drawn = " ".repeat(zero);
  let sum = 0;
  let end = zero;
  parts.forEach((value, part) => {
    sum += value;
    const to = toColumn(sum);
    drawn += ink(part, SHADES[part % SHADES.length].repeat(Math.max(0, to - end)));
    end = Math.max(end, to);
  });
  return drawn;
}

/** Round numbers below the axis. */
function numbers(least: number, most: number, room: number, toColumn: (value: number) => number): string {
  const { values, labels } = ticksWithin(least, most, Math.max(2, Math.floor(room / 10)));
  let text = "";
  values.forEach((value, i) => {
    const start = Math.min(Math.max(0, toColumn(value) - Math.floor(labels[i].length / 2)), room - labels[i].length);
    if (start < text.length + (text === "" ? 0 : 1)) return;
    text = text.padEnd(start) + labels[i];
  });
  return text;
}
