import { describe, expect, it } from "vitest";
import { colourAt, inkOn, type Rgb, shareOf } from "./colour-scale.js";
import { coordinatesOf, placeOf, titleOf } from "./coordinates.js";
import { gridOf, isLive, letterOf, sizeOf } from "./grid.js";

/** Relative luminance, as WCAG defines it. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("the colours of a map", () => {
  const shares = Array.from({ length: 101 }, (_, i) => i / 100);

  it("grow lighter all the way, so that they can be told apart without hues", () => {
    const lights = shares.map((share) => luminance(colourAt(share)));
    expect(lights.every((light, i) => i === 0 || light > lights[i - 1])).toBe(true);
  });

  it("have a readable ink everywhere: 4.5 to 1", () => {
    for (const share of shares) {
      const [ink, paper] = [inkOn(share) === "#000" ? 0 : 1, luminance(colourAt(share))];
      const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      expect(contrast, String(share)).toBeGreaterThan(4.5);
    }
  });

  it("take the middle where all values are the same", () => {
    expect(shareOf(3, 3, 3)).toBe(0.5);
    expect(shareOf(3, 1, 5)).toBe(0.5);
  });
});

describe("coordinates", () => {
  const box = (size: number, low: number | null = null, high = low === null ? null : -low) =>
    ({ kind: "box", shape: [size], low: Array(size).fill(low), high: Array(size).fill(high) }) as const;

  it("have names and units for the classics", () => {
    const [angle] = coordinatesOf("CartPole-v1", box(4)) ?? [];
    expect(titleOf(angle)).toBe("pole angle (rad)");
    expect(placeOf([0, 0, 0.1, 0], angle.axis)).toBe(0.1);
  });

  it("give an angle for its cosine and sine", () => {
    const [angle] = coordinatesOf("Pendulum-v1", box(3)) ?? [];
    expect(placeOf([Math.cos(2), Math.sin(2), 0], angle.axis)).toBeCloseTo(2, 12);
  });

  it("are numbered elsewhere, with the bounds there are", () => {
    expect(coordinatesOf("MyGame-v0", box(3, -2))?.[2]).toEqual({
      name: "s[2]",
      unit: "",
      axis: { index: 2, low: -2, high: 2 },
    });
    // An environment of somebody's own under a known name.
    expect(coordinatesOf("CartPole-v1", box(5))?.[0].axis).toEqual({ index: 0, low: -3, high: 3 });
    expect(coordinatesOf("MyGame-v0", box(1))).toBeUndefined();
    expect(coordinatesOf("MyGame-v0", box(784, 0, 1))).toBeUndefined();
    expect(coordinatesOf("Taxi-v4", { kind: "discrete", n: 500, start: 0 })).toBeUndefined();
  });
});

describe("grids", () => {
  it("are those of the environments", () => {
    const lake = gridOf("FrozenLake-v1", {});
    expect(lake && [sizeOf(lake), letterOf(lake, 5), isLive(lake, 5), isLive(lake, 0)]).toEqual([16, "H", false, true]);
    expect(gridOf("FrozenLake-v1", { mapName: "8x8", desc: "" })?.rows).toHaveLength(8);
    expect(gridOf("GridWorld-v0", { map: "S#G" })?.rows).toEqual(["S#G"]);
    const cliff = gridOf("CliffWalking-v1", {});
    expect(cliff && [letterOf(cliff, 36), letterOf(cliff, 37), letterOf(cliff, 47)]).toEqual(["S", "C", "G"]);
    expect(gridOf("Taxi-v4", {})).toBeUndefined();
    expect(gridOf("FrozenLake-v1", { desc: Array(21).fill("S".repeat(21)).join("/") })).toBeUndefined();
  });
});
