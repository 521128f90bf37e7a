import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { someScene } from "../../test/some-scene.js";
import type { ColourDepth } from "./ansi.js";
import type { Scene, SceneShape } from "./scene.js";
import { toTerminal } from "./terminal.js";

const view = { left: 0, right: 4, bottom: 0, top: 4 };
const black = "#000000";
const white = "#ffffff";

function scene(...shapes: SceneShape[]): Scene {
  return { view, background: white, shapes };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these tests are about escape sequences
const ESCAPES = /\x1b\[[0-9;]*m/g;

/** The lines of a picture without escape sequences. */
function seen(text: string): string[] {
  return text.replaceAll(ESCAPES, "").split("\n");
}

it("no scene leaves its box, and all lines of a picture have the same width", () => {
  const depth = fc.constantFrom<ColourDepth>("none", "256", "24-bit");
  const length = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(someScene, length, length, depth, (any, columns, rows, colour) => {
      const text = toTerminal(any, { columns, rows, colour });
      expect(toTerminal(any, { columns, rows, colour })).toBe(text);
      const lines = seen(text);
      expect(lines.length).toBeLessThanOrEqual(rows);
      const widths = lines.map((line) => Array.from(line).length);
      expect(new Set(widths).size).toBe(1);
      expect(widths[0]).toBeGreaterThanOrEqual(1);
      expect(widths[0]).toBeLessThanOrEqual(columns);
      expect(lines.join("")).not.toMatch(/[\p{C}\p{M}\p{Emoji_Presentation}\p{Script=Han}]/u);
      if (colour === "none") expect(text).not.toContain("\x1b");
    }),
    { seed: 1, numRuns: 150 },
  );
});

it("a picture keeps its proportions, because cells are twice as high as wide", () => {
  const size = (columns: number, rows: number, right = 4): number[] => {
    const lines = seen(toTerminal({ view: { ...view, right }, shapes: [] }, { columns, rows }));
    return [lines[0].length, lines.length];
  };
  expect(size(80, 24)).toEqual([48, 24]);
  expect(size(20, 24)).toEqual([20, 10]);
  expect(size(80, 24, 4000)).toEqual([80, 1]);
});

describe("without colours", () => {
  const dots = (...shapes: SceneShape[]): string[] => seen(toTerminal(scene(...shapes), { columns: 4, rows: 2 }));

  it("a filled polygon is solid, a line is a row of dots, and a small disc is round", () => {
    expect(
      dots({
        kind: "polygon",
        points: [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
        ],
        fill: black,
      }),
    ).toEqual(["    ", "⣿⣿  "]);
    expect(
      dots({
        kind: "line",
        points: [
          [0, 3.75],
          [4, 3.75],
        ],
        stroke: black,
      }),
    ).toEqual(["⠉⠉⠉⠉", "    "]);
    expect(dots({ kind: "circle", centre: [2, 2], radius: 2, fill: black })).toEqual(["⣴⣿⣿⣦", "⠻⣿⣿⠟"]);
    expect(dots({ kind: "circle", centre: [2, 2], radius: 1.5, stroke: black })).toEqual(["⣠⠚⠓⣄", "⠙⢤⡤⠋"]);
  });
  it("a polygon that winds around a point twice covers it, as in SVG", () => {
    const twice = [
      [0, 0],
      [2, 0],
      [2, 4],
      [0, 4],
      [0, 0],
      [2, 0],
      [2, 4],
      [0, 4],
    ] as const;
    expect(dots({ kind: "polygon", points: twice, fill: black })).toEqual(["⣿⣿  ", "⣿⣿  "]);
  });
  it("a shape whose colour is close to the background is invisible", () => {
    expect(dots({ kind: "circle", centre: [2, 2], radius: 1, fill: "#eeeeee" })).toEqual(["    ", "    "]);
  });
  it("a floor that covers nearly all of the background is taken for the background", () => {
    const floor: SceneShape = {
      kind: "polygon",
      points: [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ],
      fill: "#808080",
    };
    const stone: SceneShape = {
      kind: "polygon",
      points: [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
      ],
      fill: black,
    };
    expect(dots(floor, stone)).toEqual(["    ", "⣿⣿  "]);
  });
  it("a gap separates two adjacent colours", () => {
    const halves: SceneShape[] = [
      {
        kind: "polygon",
        points: [
          [0, 0],
          [1, 0],
          [1, 2],
          [0, 2],
        ],
        fill: black,
      },
      {
        kind: "polygon",
        points: [
          [1, 0],
          [2, 0],
          [2, 2],
          [1, 2],
        ],
        fill: "#ff0000",
      },
    ];
    expect(dots(...halves)).toEqual(["    ", "⡇⣿  "]);
  });
});

describe("texts", () => {
  const write = (text: string, align: "left" | "centre" | "right", x: number): string[] =>
    seen(
      toTerminal(scene({ kind: "text", at: [x, 2.5], text, size: 1, fill: black, align }), { columns: 12, rows: 6 }),
    );

  it("start, are centred or end at their point", () => {
    expect(write("abc", "left", 0)[1]).toBe("abc         ");
    expect(write("abc", "centre", 2)[1].trim()).toBe("abc");
    expect(write("abc", "centre", 2)[1].indexOf("a")).toBeGreaterThan(3);
    expect(write("abc", "right", 4)[1]).toBe("         abc");
  });
  it("are cut off at the edge", () => {
    const blank = " ".repeat(12);
    const rest = [blank, blank, blank, blank];
    expect(write("abc", "left", 11 / 3)).toEqual([blank, "           a", ...rest]);
    expect(write("abc", "right", 1 / 3)).toEqual([blank, "c           ", ...rest]);
  });
  it("are hidden by shapes painted after them, and left out where they do not fit", () => {
    const label: SceneShape = { kind: "text", at: [1.8, 1.8], text: "S", size: 0.5, fill: black };
    const disc: SceneShape = { kind: "circle", centre: [2, 2], radius: 1, fill: white };
    const box = { columns: 12, rows: 6 };
    expect(toTerminal(scene(disc, label), box)).toContain("S");
    expect(toTerminal(scene(label, disc), box)).not.toContain("S");
    expect(toTerminal(scene({ ...label, text: "a long story", size: 0.2 }), box).trim()).toBe("");
  });
  it("take one column per letter, whatever the letters are", () => {
    expect(write("e\u0301漢🎲\u0007x", "left", 0)[1]).toBe("é??x        ");
  });
});

describe("with colours", () => {
  const half: SceneShape = {
    kind: "polygon",
    points: [
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 2],
    ],
    fill: "#ff8000",
  };
  it("24-bit colours are written as they are", () => {
    expect(toTerminal(scene(half), { columns: 2, rows: 1, colour: "24-bit" })).toBe(
      "\x1b[48;2;255;128;0m\x1b[38;2;255;255;255m▀▀\x1b[0m",
    );
  });
  it("with 256 colours, the nearest of xterm's is taken, greys included", () => {
    const grey: SceneShape = { ...half, fill: "#7f8080" };
    expect(toTerminal(scene(half), { columns: 2, rows: 1, colour: "256" })).toBe(
      "\x1b[48;5;208m\x1b[38;5;231m▀▀\x1b[0m",
    );
    expect(toTerminal(scene(grey), { columns: 2, rows: 1, colour: "256" })).toBe(
      "\x1b[48;5;244m\x1b[38;5;231m▀▀\x1b[0m",
    );
  });
  it("without a background, the terminal's own shows", () => {
    expect(toTerminal({ view, shapes: [half] }, { columns: 2, rows: 1, colour: "24-bit" })).toBe(
      "\x1b[49m\x1b[38;2;255;128;0m▄▄\x1b[0m",
    );
    const upper: SceneShape = {
      kind: "polygon",
      points: [
        [0, 2],
        [4, 2],
        [4, 4],
        [0, 4],
      ],
      fill: black,
    };
    expect(toTerminal({ view, shapes: [upper] }, { columns: 2, rows: 1, colour: "24-bit" })).toBe(
      "\x1b[49m\x1b[38;2;0;0;0m▀▀\x1b[0m",
    );
  });
  it("a hairline is a thin line and not a grey half of a cell", () => {
    const hair: SceneShape = {
      kind: "line",
      points: [
        [0, 2],
        [4, 2],
      ],
      stroke: black,
      width: 0.01,
    };
    expect(seen(toTerminal(scene(hair), { columns: 8, rows: 3, colour: "24-bit" }))[1]).toBe("──────");
  });
});

it("a thin horizontal or vertical line is sharp at any place: no third colour, one row or column of dots", () => {
  for (let i = 0; i <= 64; i++) {
    const at = i / 16;
    for (const points of [
      [
        [0, at],
        [4, at],
      ],
      [
        [at, 0],
        [at, 4],
      ],
    ] as const) {
      const hair = scene({ kind: "line", points, stroke: black });
      const coloured = toTerminal(hair, { columns: 8, rows: 4, colour: "24-bit" });
      expect(new Set(coloured.match(/8;2;[\d;]+/g))).toEqual(new Set(["8;2;0;0;0", "8;2;255;255;255"]));
      const dots = Array.from(toTerminal(hair, { columns: 8, rows: 4 }), (letter) => letter.codePointAt(0)! - 0x2800);
      const count = dots
        .filter((bits) => bits > 0)
        .reduce((sum, bits) => sum + bits.toString(2).replaceAll("0", "").length, 0);
      expect(count).toBe(16);
    }
  }
});

it("a box without room is an error", () => {
  for (const columns of [0, -1, 1.5, NaN, Infinity])
    expect(() => toTerminal(scene(), { columns, rows: 1 })).toThrow("columns: got");
  expect(() => toTerminal(scene(), { columns: 1, rows: 0 })).toThrow("rows: got 0");
});
