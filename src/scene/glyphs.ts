import { ACROSS, DOWN } from "./raster.js";

/** A character as the set of samples of a cell that it covers with ink. */
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

/** Bit 0 is the top left quarter, 1 top right, 2 bottom left, 3 bottom right. */
const quarters = Array.from(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█", (letter, bits) =>
  glyph(letter, (x, y) => ((bits >> ((x < ACROSS / 2 ? 0 : 1) + (y < DOWN / 2 ? 0 : 2))) & 1) === 1),
);

/** Parts of the cell from the bottom up, in eighths, and from the left, in quarters. */
const bars = [
  ...Array.from("▁▂▃▅▆▇", (letter, i) => glyph(letter, (_, y) => y >= DOWN - (i < 3 ? i + 1 : i + 2))),
  glyph("▎", (x) => x < 1),
  glyph("▊", (x) => x < 3),
];

/** Thin lines: without them a hair across a cell would be a grey half of it. */
const lines = [
  glyph("▔", (_, y) => y < 1),
  glyph("─", (_, y) => y === 3 || y === 4),
  glyph("│", (x) => x === 1 || x === 2),
];

/** Blank first: of equally good ones the first is taken. */
export const GLYPHS: readonly Glyph[] = [...quarters, ...bars, ...lines];
