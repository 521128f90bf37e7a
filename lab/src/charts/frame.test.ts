import { describe, expect, it } from "vitest";
import { apart, around, frameOf, placeAt, toX, toY } from "./frame.js";

const shape = { width: 400, height: 200, margin: 60, x: [100, 300], y: [1, 100] } as const;

describe("a frame", () => {
  it("maps values to pixels and back", () => {
    const frame = frameOf({ ...shape, log: false });
    expect([toX(frame, 100), toX(frame, 300)]).toEqual([frame.left, frame.right]);
    expect(placeAt(frame, toX(frame, 220))).toBeCloseTo(220);
    expect([placeAt(frame, 0), placeAt(frame, 999)]).toEqual([100, 300]);
    expect([toY(frame, 1), toY(frame, 100)]).toEqual([frame.bottom, frame.top]);
  });

  it("with a logarithmic axis has powers of ten at equal distances", () => {
    const frame = frameOf({ ...shape, log: true });
    expect(toY(frame, 10)).toBeCloseTo((frame.top + frame.bottom) / 2);
  });
});

it("the axis leaves room around the values", () => {
  expect(around(0, 100, false)).toEqual([-5, 105]);
  expect(around(7, 7, false)[0]).toBeLessThan(7);
  const [low, high] = around(1, 1000, true);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeGreaterThan(1000);
  expect(around(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false)).toEqual([0, 1]);
});

it("labels don't touch, and stay within the chart", () => {
  const placed = apart([50, 52, 51, 99], 10, 0, 100);
  const sorted = [...placed].sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(10);
  expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  expect(placed[0]).toBeLessThan(placed[2]);
  expect(placed[2]).toBeLessThan(placed[1]);
});
