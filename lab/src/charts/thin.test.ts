import { describe, expect, it } from "vitest";
import { indexAt, lowerBound, thinned } from "./thin.js";

const places = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("a thinned curve", () => {
  it("keeps the least and the largest of each bucket, in their order", () => {
    const y = [0, 5, 1, 2, 9, 3, 8, 7];
    const { x, y: kept } = thinned({ x: places(8), y }, 2, [0, 8]);
    expect([x, kept]).toEqual([
      [0, 1, 4, 5],
      [0, 5, 9, 3],
    ]);
  });

  it("has few points however many there are, and no spike is lost", () => {
    const y = places(100_000).map((i) => (i === 54_321 ? 99 : i % 7));
    const all = thinned({ x: places(100_000), y }, 300, [0, 99_999]);
    expect(all.x.length).toBeLessThanOrEqual(602);
    expect(Math.max(...all.y)).toBe(99);
  });

  it("is thinned by what is seen: zoomed in, each point is there, with a neighbour at each side", () => {
    const { x } = thinned({ x: places(100_000), y: places(100_000) }, 300, [500, 510]);
    expect(x).toEqual([499, ...places(11).map((i) => 500 + i), 511]);
  });

  it("leaves NaN out", () => {
    expect(thinned({ x: places(3), y: [1, Number.NaN, 3] }, 10, [0, 2]).y).toEqual([1, 3]);
  });

  it("on a logarithmic axis leaves out what is not positive, counts it, and is interrupted there", () => {
    const { y, leftOut } = thinned({ x: places(6), y: [1, 0, -3, 2, 4, 0] }, 10, [0, 5], true);
    expect(y).toEqual([1, Number.NaN, 2, 4, Number.NaN]);
    expect(leftOut).toBe(3);
  });

  it("of nothing is nothing", () => {
    expect(thinned({ x: [], y: [] }, 10, [0, 1])).toEqual({ x: [], y: [], leftOut: 0 });
  });
});

describe("the point at a place", () => {
  const x = [2, 4, 4, 4, 9];

  it("is the last one at it or before it", () => {
    expect([2, 3, 4, 5, 9].map((place) => indexAt(x, place))).toEqual([0, 0, 3, 3, 4]);
  });

  it("is missing before the first and after the last", () => {
    expect([1, 10].map((place) => indexAt(x, place))).toEqual([undefined, undefined]);
    expect(indexAt([], 0)).toBeUndefined();
  });

  it("is found by halving", () => {
    expect([0, 2, 3, 4, 10].map((least) => lowerBound(x, least))).toEqual([0, 0, 1, 1, 5]);
  });
});
