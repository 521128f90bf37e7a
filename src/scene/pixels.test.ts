import fc from "fast-check";
import { expect, it } from "vitest";
import { someScene } from "../../test/some-scene.js";
import { toPixels } from "./pixels.js";
import type { Scene, SceneShape } from "./scene.js";

const view = { left: 0, right: 4, bottom: 0, top: 2 };
const scene = (...shapes: SceneShape[]): Scene => ({ view, background: "#ffffff", shapes });
const hex = (colour: number): string => colour.toString(16).padStart(6, "0");

it("a pixel has the colour of the shape that covers it, and an edge through it mixes two", () => {
  const points = [
    [0, 0],
    [1.0625, 0],
    [1.0625, 2],
    [0, 2],
  ] as const;
  const { width, height, colours } = toPixels(scene({ kind: "polygon", points, fill: "#000000" }), { width: 32 });
  expect([width, height]).toEqual([32, 16]);
  expect([0, 7, 8, 9, 31].map((x) => hex(colours[5 * width + x]))).toEqual([
    "000000",
    "000000",
    "808080", // half covered
    "ffffff",
    "ffffff",
  ]);
});

it("y grows upwards, and a scene without a background is white", () => {
  const low: SceneShape = { kind: "circle", centre: [2, 0.5], radius: 0.25, fill: "#ff0000" };
  const { width, colours } = toPixels({ view, shapes: [low] }, { width: 32 });
  expect([hex(colours[12 * width + 16]), hex(colours[4 * width + 16])]).toEqual(["ff0000", "ffffff"]);
});

it("a line without a width is a pixel wide", () => {
  const line = (y: number): SceneShape => ({
    kind: "line",
    points: [
      [-1, y],
      [5, y],
    ],
    stroke: "#000000",
  });
  const { width, colours } = toPixels(scene(line(1.0625)), { width: 32 });
  const column = Array.from({ length: 16 }, (_, y) => hex(colours[y * width + 9]));
  expect(column.filter((colour) => colour !== "ffffff")).toEqual(["000000"]);
});

it("texts are drawn where they stand, by their alignment; a character without a glyph is a box", () => {
  const inked = (text: string, align: "left" | "centre" | "right"): number[] => {
    const label: SceneShape = { kind: "text", at: [2, 0.5], text, size: 1, fill: "#000000", align };
    const { width, colours } = toPixels(scene(label), { width: 64 });
    const columns = Array.from(colours, (colour, i) => (colour === 0xffffff ? -1 : i % width)).filter((x) => x >= 0);
    return [Math.min(...columns), Math.max(...columns)];
  };
  expect(inked("HH", "left")).toEqual([31, 47]);
  expect(inked("HH", "right")).toEqual([16, 32]);
  expect(inked("HH", "centre")).toEqual([23, 40]);
  expect(inked("é", "left")).toEqual(inked("e", "left"));
  expect(inked("漢", "left")).toEqual(inked("O", "left"));
});

it("any scene becomes colours", () => {
  fc.assert(
    fc.property(someScene, (any) => {
      const { width, height, colours } = toPixels(any, { width: 16 });
      expect(colours).toHaveLength(width * height);
      expect(colours.every((colour) => colour >= 0 && colour <= 0xffffff)).toBe(true);
    }),
    { seed: 1, numRuns: 10 },
  );
});
