import { describe, expect, it } from "vitest";
import { bars } from "./bars.js";
import { barsSvg } from "./bars-svg.js";

const ERRORS = {
  parts: ["bias²", "variance"],
  bars: [
    { label: "to-go", parts: [0, 8], note: "8" },
    { label: "episode-mean", parts: [4, 1], note: "5" },
  ],
};

describe("bars in a terminal", () => {
  it("have labels, stacked parts, notes, a legend and an axis from 0", () => {
    expect(bars(ERRORS, { columns: 33, title: "Error", xLabel: "squared" }).split("\n")).toEqual([
      "Error",
      "█ bias²   ░ variance",
      "to-go        │░░░░░░░░░░░░░░░░░ 8",
      "episode-mean │█████████░░ 5",
      "             └─────────────────",
      "              0          5",
      "              squared",
    ]);
  });

  it("reach to the left of 0 where they are negative", () => {
    const data = {
      parts: ["slope"],
      bars: [
        { label: "a", parts: [-1] },
        { label: "b", parts: [1] },
      ],
    };
    expect(bars(data, { columns: 14 }).split("\n")).toEqual([
      "a │██████",
      "b │      █████",
      "  └───────────",
      "   -1.0  0 1.0",
    ]);
  });

  it("keep within the columns, and cut labels first", () => {
    for (const columns of [20, 30, 80])
      for (const line of bars(ERRORS, { columns, title: "A long title for a narrow terminal" }).split("\n"))
        if (!line.startsWith("█ bias")) expect(line.length).toBeLessThanOrEqual(columns);
  });
});

describe("bars as SVG", () => {
  it("are rectangles in the colours of their parts, on one scale", () => {
    const svg = barsSvg(ERRORS, { width: 400 });
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"[^>]*fill="(#\w+)"/g)].map(([, width, fill]) => [
      Number(width),
      fill,
    ]);
    expect(widths.map(([, fill]) => fill)).toEqual(["#d9730d", "#3b82c4", "#d9730d"]);
    const [whole, bias, variance] = widths.map(([width]) => Number(width));
    expect(bias / whole).toBeCloseTo(4 / 8, 3);
    expect(variance / whole).toBeCloseTo(1 / 8, 3);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it("refuse parts of both signs, and numbers that can't be drawn", () => {
    const data = (...parts: number[]) => ({ parts: ["a", "b"], bars: [{ label: "x", parts }] });
    expect(() => barsSvg(data(1, -1))).toThrow("bars[0].parts");
    expect(() => barsSvg(data(1, Number.NaN))).toThrow("bars[0].parts");
    expect(() => bars(data(1), { columns: 40 })).toThrow("bars[0].parts: got 1, allowed is 2 numbers");
    expect(() => barsSvg(ERRORS, { width: 3 })).toThrow("width: got 3");
  });
});
