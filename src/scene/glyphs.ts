import { ACROSS, DOWN } from "./raster.js";

/** A character, and the samples of a cell that it covers with ink. */
export interface Glyph {
  readonly letter: string;
  /** 1 for ink, row by row. */
  readonly mask: Uint8Array;
}

function glyph(letter: string, covers: (x: number, y: number) => boolean): Glyph {
  const mask = new Uint8Array(ACROSS * DOWN);
  for (let i = 0; i < mask.length; i++) mask[i] = covers(i % ACROSS, Math.floor(i / ACROSS)) ? 1 : 0;
  return { letter, mask };
}

/** Bit 0 is the top left quarter, bit 1 top right, bit 2 bottom left, bit 3 bottom right. */
const quarters = Array.from(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", (letter, bits) =>
  glyph(letter, (x, y) => ((bits >> ((x < ACROSS / 2 ? 0 : 1) + (y < DOWN / 2 ? 0 : 2))) & 1) === 1),
);

/** Bars that grow from the bottom in eighths of a cell, or from the left in quarters. */
const bars = [
  ...Array.from("▁▂▃▅▆▇", (letter, i) => glyph(letter, (_, y) => y >= DOWN - (i < 3 ? i + 1 : i + 2))),
  glyph("▎", (x) => x < 1),
  glyph("▊", (x) => x < 3),
];

/** Thin lines. Without them, a hairline would fill half of each cell with grey. */
const lines = [
  glyph("▔", (_, y) => y < 1),
  glyph("─", (_, y) => y === 3 || y === 4),
  glyph("│", (x) => x === 1 || x === 2),
];

/** The blank comes first because the first of several equally good glyphs is taken. */
export const GLYPHS: readonly Glyph[] = [...quarters, ...bars, ...lines];
