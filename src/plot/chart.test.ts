import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someLevels, someSeries, someText } from "../../test/some-series.js";
import type { ColourDepth } from "../scene/ansi.js";
import { chart } from "./chart.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these tests are about escape sequences
const ESCAPES = /\x1b\[[0-9;]*m/g;

const lines = (text: string): string[] => text.replaceAll(ESCAPES, "").split("\n");

it("a chart has an axis on the left, one below, and the curve in braille", () => {
  const y = [0, 25, 50, 75, 100, 100, 100, 50];
  expect(lines(chart([{ label: "return", y }], { columns: 34, rows: 8, xLabel: "episode" }))).toEqual([
    "100 ┤              ⣀⠔⠊⠉⠉⠉⠉⠉⠉⠉⠉⢆   ",
    "    │           ⣀⠔⠊            ⠱⡀ ",
    "    │        ⡠⠔⠉                ⠈⢆",
    "    │     ⣀⠔⠉                     ",
    "    │  ⢀⠤⠊                        ",
    "  0 ┤⡠⠒⠁                          ",
    "    └┬───────────────────┬────────",
    "     0                   5 episode",
  ]);
});

it("a small chart has no axes", () => {
  expect(lines(chart([{ label: "", y: [0, 1] }], { columns: 4, rows: 2 }))).toEqual(["  ⡠⠊", "⡠⠊  "]);
  expect(chart([{ label: "", y: [0, 1] }], { columns: 1, rows: 1 })).toHaveLength(1);
});

it("a value that is not finite leaves a gap, an isolated value is a dot, and a faint curve has no lines", () => {
  const draw = (y: number[], faint = false): string => chart([{ label: "", y, faint }], { columns: 6, rows: 1 });
  expect(draw([3, 3, 3, 3, 3, 3])).toBe("⠒⠒⠒⠒⠒⠒");
  expect(draw([3, 3, 3, NaN, 3, Infinity, 3, 3, 3])).toBe("⠒⠒ ⠂⠒⠒");
  expect(draw([3, 3, 3, 3], true)).toBe("⠂ ⠂⠐ ⠐");
});

it("numbers that would overlap are left out", () => {
  const below = (columns: number): string | undefined =>
    lines(chart([{ label: "", x: [1_000_000, 1_000_003], y: [0, 1] }], { columns, rows: 8 })).at(-1);
  expect(below(30)).toBe("  1000000        1000002      ");
  expect(below(18)).toBe("  1000000         ");
});

describe("several curves", () => {
  const two = [
    { label: "a", y: [0, 0] },
    { label: "b", y: [1, 1], colour: "#ff0000" },
  ] as const;
  it("have a legend, and a colour each", () => {
    const text = chart(two, { columns: 30, rows: 8, colour: "24-bit" });
    expect(lines(text)[0]).toBe("━ a  ━ b");
    expect(text).toContain("\x1b[38;2;255;0;0m  ━ \x1b[0mb");
    expect(text.split("\n")[1]).toContain("\x1b[38;2;255;0;0m⠉");
    expect(text.split("\n").at(-3)).toContain("\x1b[38;2;59;130;196m");
    expect(chart(two, { columns: 30, rows: 8 })).not.toContain("\x1b");
  });
  it("can be compared with a level, drawn as a dotted line", () => {
    const text = lines(
      chart([{ label: "a", y: [0, 500] }], { columns: 40, rows: 12, levels: [{ y: 400, label: "solved" }] }),
    );
    expect(text[0]).toBe("━ a  ┄ solved");
    expect(text.slice(1).join("\n")).toMatch(/⠂⠐ ⠂⠐|⠄⠠ ⠄⠠|⠁⠈ ⠁⠈|⡀⢀ ⡀⢀/);
  });
});

it("no chart leaves its box: it has exactly the given number of rows, and none is too wide", () => {
  const side = fc.integer({ min: 1, max: 70 });
  const depth = fc.constantFrom<ColourDepth>("none", "256", "24-bit");
  fc.assert(
    fc.property(
      someSeries,
      someLevels,
      someText,
      someText,
      side,
      side,
      depth,
      (series, levels, title, xLabel, columns, rows, colour) => {
        const options = {
          columns,
          rows,
          colour,
          levels,
          ...(title === undefined ? {} : { title }),
          ...(xLabel === undefined ? {} : { xLabel }),
        };
        const text = chart(series, options);
        expect(chart(series, options)).toBe(text);
        const shown = lines(text);
        expect(shown).toHaveLength(rows);
        for (const line of shown) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
        expect(shown.join("")).not.toMatch(/[\p{C}\p{M}\p{Emoji_Presentation}\p{Script=Han}]|NaN|Infinity|undefined/u);
        if (colour === "none") expect(text).not.toContain("\x1b");
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

it("every finite value is within the axes: a curve of n values at n places has a dot in each column", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 20, maxLength: 20 }), (y) => {
      const text = chart([{ label: "", y, faint: true }], { columns: 10, rows: 60 });
      const body = lines(text).join("");
      expect(Array.from(body).filter((letter) => letter !== " ").length).toBeGreaterThanOrEqual(10);
    }),
    { seed: 1, numRuns: 30 },
  );
});

it("a series that cannot be drawn is an error that names the field", () => {
  const box = { columns: 20, rows: 5 };
  expect(() => chart([], { columns: 0, rows: 5 })).toThrow("columns: got 0");
  expect(() => chart([], { columns: 20, rows: 1.5 })).toThrow("rows: got 1.5");
  expect(() => chart([{ label: "", y: [1, 2], x: [0] }], box)).toThrow("series[0].x: got 1, allowed is 2 values");
  expect(() => chart([{ label: "", y: [1, 2], x: [1, 0] }], box)).toThrow("series[0].x[1]: got 0");
  expect(() => chart([{ label: "", y: [1], x: [NaN] }], box)).toThrow("series[0].x[0]: got NaN");
  expect(() => chart([{ label: "", y: [1], band: { low: [], high: [1] } }], box)).toThrow("series[0].band.low");
  expect(() => chart([{ label: "", y: [1], colour: "#fff" }], box)).toThrow("series[0].colour");
});
