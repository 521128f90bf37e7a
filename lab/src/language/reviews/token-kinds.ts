/** What the colour of a token can stand for. */

import type { TokenCell } from "ascent/language";
import { short } from "../../number.js";

export const KINDS = {
  logRatio: "log-ratio: ln π − ln π_ref, in nats",
  cost: "KL cost: −β · log-ratio, what the reward loses",
  advantage: "advantage: how much better than expected",
  value: "value: what was expected before it",
  change: "change: what the update made of ln π",
} as const;
export type Kind = keyof typeof KINDS;

const WORDS: Readonly<Record<Kind, string>> = {
  logRatio: "log-ratio",
  cost: "KL cost",
  advantage: "advantage",
  value: "value",
  change: "change",
};

/** The number of a token, if its trainer has it. */
export function numberOf(cell: TokenCell, kind: Kind, beta: number): number | undefined {
  return kind === "cost" ? -beta * cell.logRatio : cell[kind];
}

/** Those that these tokens have. */
export function kindsOf(cells: readonly TokenCell[]): Kind[] {
  return (Object.keys(KINDS) as Kind[]).filter((kind) => cells.length > 0 && numberOf(cells[0], kind, 0) !== undefined);
}

/** The largest size of a number, for which the strongest colour stands. Not 0, so that shares exist. */
export function largest(cells: readonly TokenCell[], kind: Kind, beta: number): number {
  return cells.reduce((most, cell) => Math.max(most, Math.abs(numberOf(cell, kind, beta) ?? 0)), 1e-9);
}

/** Colours come in so many strengths to each side of 0. */
const LEVELS = 4;

/** The strength of a colour, from −4 to 4. */
export function levelOf(value: number, most: number): number {
  return Math.round(LEVELS * Math.max(-1, Math.min(1, value / most)) || 0);
}

/** What no word of the task reaches, but a policy that has lost the language does: it would be wider than a telephone. */
const LONGEST_WORD = 12;

/** The places of tokens, word by word: lines are broken between words alone. A space ends the word before it. */
export function wordsOf(cells: readonly TokenCell[]): number[][] {
  const words: number[][] = [];
  cells.forEach((_, i) => {
    const word = words.at(-1);
    if (word === undefined || cells[i - 1].text === " " || word.length === LONGEST_WORD) words.push([i]);
    else word.push(i);
  });
  return words;
}

/** A token in words. */
export function readingOf(cell: TokenCell, beta: number): string {
  const numbers = kindsOf([cell]).map((kind) => `${WORDS[kind]} ${signed(numberOf(cell, kind, beta) ?? 0)}`);
  return `“${cell.text}”: ${numbers.join(", ")}`;
}

/** A number with its sign. Numbers that are nothing beside others are 0. */
function signed(value: number): string {
  if (Math.abs(value) < 5e-4) return "0";
  const size = short(Math.abs(value));
  return value < 0 ? `−${size}` : `+${size}`;
}
