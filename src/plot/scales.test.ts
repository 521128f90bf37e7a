import { expect, it } from "vitest";
import { chart } from "./chart.js";
import { chartSvg } from "./chart-svg.js";
import { log10 } from "./log10.js";
import { enclosing, inside } from "./scales.js";

it("log10 is exact for powers of ten, and within 1e-14 of the engine's elsewhere", () => {
  for (const exponent of [-300, -5, 0, 1, 15, 300]) expect(log10(Number(`1e${exponent}`))).toBe(exponent);
  for (const x of [1e-9, 0.02, 0.5, 1.0001, 2, 3.7, 9.999999, 12345.678]) {
    expect(Math.abs(log10(x) - Math.log10(x))).toBeLessThan(1e-14);
  }
});

it("a logarithmic axis has powers of ten, and 1, 2, 5 or 1, 3 where there is room", () => {
  expect(inside("log", 0, 4, 5).labels).toEqual(["1", "10", "100", "1000", "10k"]);
  expect(inside("log", log10(2), log10(60), 6).labels).toEqual(["2", "5", "10", "20", "50"]);
  expect(enclosing("log", log10(0.4), log10(40), 4).labels).toEqual(["0.3", "1", "3", "10", "30", "100"]);
  expect(enclosing("log", -7, 8, 4).labels).toEqual(["1e-7", "0.001", "10", "100k", "1G"]);
  expect(enclosing("log", 0.2, 0.3, 2).labels).toEqual(["1", "3"]);
});

it("on logarithmic axes a power is a straight line, and numbers that are not positive leave a gap", () => {
  const x = [1, 10, 100, 1000];
  const square = { label: "square", x, y: x.map((value) => value * value) };
  const svg = chartSvg([square], { xScale: "log", yScale: "log", width: 400, height: 300 });
  const line = svg.slice(svg.lastIndexOf('<path d="M')).split('"')[1];
  const places = [...line.matchAll(/([\d.]+),([\d.]+)/g)].map(([, px, py]) => [Number(px), Number(py)]);
  expect(places).toHaveLength(4);
  for (let i = 2; i < 4; i++) {
    expect(places[i][0] - places[i - 1][0]).toBeCloseTo(places[1][0] - places[0][0], 1);
    expect(places[i][1] - places[i - 1][1]).toBeCloseTo(places[1][1] - places[0][1], 1);
  }
  const holes = chartSvg([{ label: "", y: [1, 2, 0, 4, -5, 6, 7] }], { yScale: "log" });
  expect(holes.slice(holes.lastIndexOf('<path d="M')).match(/M/g)).toHaveLength(3);
});

it("dots stand apart, and the axes say what they show", () => {
  const points = { label: "estimate", x: [0, 1, 2], y: [3, 1, 2], dots: true };
  const options = { xLabel: "along F", yLabel: "across it" };
  const svg = chartSvg([points], options);
  expect(svg.slice(svg.lastIndexOf('<path d="M')).match(/M[\d.,]+h0/g)).toHaveLength(3);
  expect(svg).toContain(">along F</text>");
  expect(svg).toContain(">across it</text>");
  const lines = chart([points], { columns: 40, rows: 12, ...options }).split("\n");
  expect(lines[0]).toBe("across it");
  expect(lines.at(-1)).toMatch(/along F$/);
  expect(lines.join("").match(/[⠁-⣿]/g)).toHaveLength(3);
});
