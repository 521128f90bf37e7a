import type { TokenCell } from "ascent/language";
import { expect, it } from "vitest";
import { kindsOf, largest, levelOf, numberOf, readingOf, wordsOf } from "./token-kinds.js";

const cell: TokenCell = { text: "m", logRatio: -0.5, change: 0.25, advantage: 1.5, value: 0.1 };

it("takes the cost of a token from its log-ratio and β", () => {
  expect(numberOf(cell, "cost", 0.2)).toBe(0.1);
  expect(numberOf(cell, "logRatio", 0.2)).toBe(-0.5);
});

it("leaves out what a trainer does not have", () => {
  const { value: _, ...without } = cell;
  expect(kindsOf([{ ...without, value: undefined }])).toEqual(["logRatio", "cost", "advantage", "change"]);
  expect(kindsOf([])).toEqual([]);
});

it("gives the largest number the strongest colour, whatever its sign", () => {
  const most = largest([cell, { ...cell, logRatio: 0.1 }], "logRatio", 0);
  expect(most).toBe(0.5);
  expect([levelOf(-0.5, most), levelOf(0.1, most), levelOf(0, most), levelOf(9, most)]).toEqual([-4, 1, 0, 4]);
});

it("breaks lines between words", () => {
  const cells = [..." a bc."].map((text) => ({ ...cell, text }));
  expect(wordsOf(cells)).toEqual([[0], [1, 2], [3, 4, 5]]);
  expect(wordsOf([])).toEqual([]);
  const lost = [..."r".repeat(30)].map((text) => ({ ...cell, text }));
  expect(wordsOf(lost).map(({ length }) => length)).toEqual([12, 12, 6]);
});

it("reads a token with signs", () => {
  expect(readingOf(cell, 0.2)).toBe("“m”: log-ratio −0.5, KL cost +0.1, advantage +1.5, value +0.1, change +0.25");
  expect(readingOf({ ...cell, change: 1e-5 }, 0)).toMatch(/KL cost 0, .*change 0$/);
});
