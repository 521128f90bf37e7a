import fc from "fast-check";
import { expect, it } from "vitest";
import { someLevels, someSeries, someText } from "../../test/some-series.js";
import { chartSvg } from "./chart-svg.js";
import { thin } from "./thin.js";

/** The paths drawn after the axes. */
const paths = (svg: string): string[] =>
  svg
    .slice(svg.lastIndexOf("</g>"))
    .split("\n")
    .filter((line) => line.startsWith("<path"));

it("a curve is one path; a gap begins a new part of it, and an isolated value is a dot", () => {
  const svg = chartSvg([{ label: "return", y: [0, 10, NaN, 5, Infinity, 0, 10] }], { width: 200, height: 200 });
  expect(paths(svg)).toEqual([
    expect.stringMatching(/^<path d="M[\d.,]+L[\d.,]+M[\d.,]+h0M[\d.,]+L[\d.,]+" fill="none" stroke="#3b82c4"/),
  ]);
});

it("values lie between the ends of the axis, bands around their curve, and levels across the chart", () => {
  const svg = chartSvg([{ label: "a", y: [0, 100], band: { low: [-10, 90], high: [10, 110] } }], {
    width: 300,
    height: 200,
    levels: [{ y: 50, label: "half" }],
  });
  const [level, band, line] = paths(svg);
  expect(level).toContain('stroke-dasharray="2 4"');
  expect(band).toContain('fill-opacity="0.18"');
  expect(line).toContain('stroke="#3b82c4"');
  const [, x1, y1, x2, y2] = /M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)/.exec(line)!.map(Number);
  expect(x2).toBe(284);
  expect(x1).toBeLessThan(60);
  expect(y1).toBeGreaterThan(y2);
  expect(y2).toBeGreaterThan(0);
  const half = Number(/M[\d.]+,([\d.]+)H/.exec(level)![1]);
  expect(half).toBeCloseTo((y1 + y2) / 2, 1);
});

it("labels are escaped, and text takes the colour of the page", () => {
  const svg = chartSvg(
    [
      { label: "<a>", y: [1] },
      { label: "b & c", y: [2] },
    ],
    { title: '"t"', xLabel: "x<y" },
  );
  expect(svg).toContain("&lt;a&gt;");
  expect(svg).toContain("b &amp; c");
  expect(svg).toContain('aria-label="&quot;t&quot;"');
  expect(svg).toContain("x&lt;y");
  expect(svg.split("\n")[0]).toContain('fill="currentColor"');
  expect(svg).not.toMatch(/<style|<script|href/);
});

it("any data gives well-formed elements and finite numbers, and the same text each time", () => {
  fc.assert(
    fc.property(someSeries, someLevels, someText, (series, levels, title) => {
      const options = { levels, ...(title === undefined ? {} : { title }) };
      const svg = chartSvg(series, options);
      expect(chartSvg(series, options)).toBe(svg);
      expect(svg.replaceAll(/>[^<]*</g, "><").replaceAll(/aria-label="[^"]*"/g, "")).not.toMatch(
        /NaN|Infinity|undefined/,
      );
      const opened = svg.match(/<(svg|g|text)\b/g) ?? [];
      const closed = svg.match(/<\/(svg|g|text)>/g) ?? [];
      expect(closed.length).toBe(opened.length);
      for (const [, x] of svg.matchAll(/(?:M|L)(-?[\d.e+]+),/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(640);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

it("a long curve is thinned to what is visible, and keeps its spikes and ends", () => {
  const points = Array.from({ length: 100_000 }, (_, i) => ({
    x: i / 1000,
    y: i === 50_500 ? 99 : i === 50_400 ? -99 : 0,
  }));
  const kept = thin(points);
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(kept[0]).toBe(points[0]);
  expect(kept.at(-1)).toBe(points.at(-1));
  expect(kept.map(({ y }) => y).filter((y) => y !== 0)).toEqual([-99, 99]);
  const few = [
    { x: 0, y: 1 },
    { x: 5, y: 2 },
  ];
  expect(thin(few)).toEqual(few);
  const y = Float64Array.from({ length: 200_000 }, (_, i) => i % 7);
  expect(chartSvg([{ label: "", y }]).length).toBeLessThan(60_000);
});

it("a size that is too small is an error", () => {
  expect(() => chartSvg([], { width: 10 })).toThrow("width: got 10");
  expect(() => chartSvg([], { height: NaN })).toThrow("height: got NaN");
});
