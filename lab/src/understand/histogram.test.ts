import { expect, it } from "vitest";
import { countsOf, reachOf } from "./histogram.js";

const filled = (counts: readonly number[]): [bin: number, count: number][] =>
  counts.flatMap((count, bin) => (count === 0 ? [] : [[bin, count] as [number, number]]));

it("1 is in the middle bin, and what lies beyond the reach in the outer ones", () => {
  expect(filled(countsOf([1, 1, 1.5, 0.5, 9, 0], 0.5))).toEqual([
    [0, 2],
    [20, 2],
    [40, 2],
  ]);
});

it("reaches to the farthest ratio, beyond the clip range, and never beyond 0 and 2", () => {
  expect(reachOf([1, 1.3], 0)).toBeCloseTo(0.3);
  expect(reachOf([1, 1.01], 0)).toBe(0.05);
  expect(reachOf([1, 1.01], 0.2)).toBeCloseTo(0.25);
  expect(reachOf([1, 900], 0.2)).toBe(1);
});
