/** A response as strips of colour, a column for each token: text, log-ratio, advantage, value. */

import type { TokenCell, TokenTable } from "../language/run/token-table.js";
import type { ColourDepth } from "../scene/index.js";
import { type Colours, cut } from "./colour.js";
import { figure } from "./figures.js";

const RESET = "\x1b[0m";
const LABEL = 12;

/** Red below 0, blue above, grey at 0: a background of 256 colours. */
const BLUES = [236, 24, 31, 38, 45];
const REDS = [236, 52, 88, 124, 160];
/** Without colours, a digit from 0 to 9 and its sign would be too wide: these grow with the size of the number. */
const SIGNS = { negative: [" ", ".", "-", "=", "#"], positive: [" ", "'", "+", "*", "@"] } as const;

/** The lines of a response. Each kind of number has its own scale: the strongest colour is its largest size here. */
export function tokenStrip(
  { prompt, score, tokens }: TokenTable,
  depth: ColourDepth,
  columns: number,
  { faint }: Colours,
): string[] {
  const label = (text: string): string => faint(text.padEnd(LABEL));
  const written = tokens.map(({ text }) => ([...text].length === 1 ? text : "·")).join("");
  const strip = (name: string, of: (cell: TokenCell) => number | undefined): string[] => {
    const values = tokens.map(of);
    if (values.some((value) => value === undefined)) return [];
    const numbers = values as number[];
    const most = numbers.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-9);
    const cells = numbers.map((value) => cell(value / most, depth)).join("");
    return [
      cut(
        `${label(name)}${" ".repeat([...prompt].length)}${cells}${depth === "none" ? "" : RESET} ${faint(`±${figure(Number(most.toPrecision(2)))}`)}`,
        columns,
      ),
    ];
  };
  return [
    cut(`${label(`score ${figure(Number(score.toFixed(2)))}`)}${faint(prompt)}${written}`, columns),
    ...strip("log-ratio", ({ logRatio }) => logRatio),
    ...strip("advantage", ({ advantage }) => advantage),
    ...strip("value", ({ value }) => value),
  ];
}

function cell(share: number, depth: ColourDepth): string {
  const level = Math.min(4, Math.round(Math.abs(share) * 4));
  if (depth === "none") return SIGNS[share < 0 ? "negative" : "positive"][level];
  return `\x1b[48;5;${(share < 0 ? REDS : BLUES)[level]}m `;
}
