/** Terminal colours, named by their purpose. */

import { stripVTControlCharacters, styleText } from "node:util";
import type { ColourDepth } from "../scene/index.js";

export interface Colours {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly accent: (text: string) => string;
}

export function colours(enabled: boolean): Colours {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    enabled && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    strong: paint("bold"),
    faint: paint("dim"),
    good: paint("green"),
    bad: paint("red"),
    warn: paint("yellow"),
    accent: paint("cyan"),
  };
}

/** Whether to use colours: on a terminal, unless `--no-color`, NO_COLOR (no-color.org) or a dumb terminal say otherwise. */
export function wantsColour(stream: { isTTY?: boolean }, noColour: boolean): boolean {
  const { NO_COLOR } = process.env;
  return canPaint(stream) && !noColour && (NO_COLOR === undefined || NO_COLOR === "");
}

/** Whether lines can be drawn over and coloured: on a terminal, unless it is a dumb one, which prints escape sequences. */
export function canPaint({ isTTY }: { isTTY?: boolean }): boolean {
  return isTTY === true && process.env.TERM !== "dumb";
}

/** How many colours pictures may use. */
export function colourDepth(stream: { isTTY?: boolean }, noColour: boolean): ColourDepth {
  if (!wantsColour(stream, noColour)) return "none";
  return /^(truecolor|24bit)$/.test(process.env.COLORTERM ?? "") ? "24-bit" : "256";
}

/** The number of columns of a line. Every printed character is one column wide; escape sequences take none. */
export function widthOf(line: string): number {
  return [...stripVTControlCharacters(line)].length;
}

const ESCAPE = "\x1b";
/** Sequences that change colours. The capturing group makes `split` keep them. */
const ESCAPES = new RegExp(`(${ESCAPE}\\[[0-9;?]*[A-Za-z])`, "g");

/** Cuts a line to a number of columns. Colours are reset after the cut. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let left = columns;
  let kept = "";
  for (const part of line.split(ESCAPES)) {
    if (part.startsWith(ESCAPE)) kept += part;
    else {
      const characters = [...part].slice(0, left);
      kept += characters.join("");
      left -= characters.length;
    }
    if (left === 0) break;
  }
  return kept.includes(ESCAPE) ? `${kept}\x1b[0m` : kept;
}
