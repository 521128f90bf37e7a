import { ConfigError } from "../errors.js";
import { CLEAR, type ColourDepth, distance, RESET, type Rgb, select } from "./ansi.js";
import { nearestBlock } from "./blocks.js";
import { brailleLetter, DOTS_ACROSS, DOTS_DOWN } from "./braille.js";
import { ACROSS, DOWN, type Raster, rasterise, type Tracks } from "./raster.js";
import type { Scene, View } from "./scene.js";
import { checkScene } from "./scene-fault.js";

/** Block characters can show a line at a cell's edges and at its middle; braille in its rows and columns of dots. */
const BLOCK_TRACKS: Tracks = { x: [0, 1, 2, 3], y: [0, 1, 4, 7] };
const DOT_TRACKS: Tracks = { x: [1, 3], y: [1, 3, 5, 7] };

/** Without colours, a sample is visible if its squared distance from the ground exceeds this. */
const VISIBLE = 60 ** 2;
/** A gap separates two visible colours if their squared distance exceeds this. */
const PARTED = 110 ** 2;

/**
 * A scene as text for a terminal, as large as fits into `columns` by `rows` cells. A cell counts as twice as high as it
 * is wide. All lines have the same width; line feeds separate them.
 *
 * With colours, each cell is the block character in two colours that matches best. Without colours, braille dots mark
 * everything that differs from the ground; the ground is the background, or the most common colour if little of the
 * background is visible. Texts use the terminal's letters and are left out where they do not fit.
 *
 * @throws ConfigError if `columns` or `rows` is not a whole number of at least 1, or the scene cannot be drawn
 */
export function toTerminal(
  scene: Scene,
  { columns, rows, colour = "none" }: { columns: number; rows: number; colour?: ColourDepth },
): string {
  for (const [field, given] of Object.entries({ columns, rows })) {
    if (!Number.isSafeInteger(given) || given < 1)
      throw new ConfigError({ field, given, allowed: "a whole number of at least 1" });
  }
  checkScene(scene);
  const size = cells(scene.view, columns, rows);
  if (colour === "none") return drawDots(rasterise(scene, ...size, DOT_TRACKS));
  return drawBlocks(rasterise(scene, ...size, BLOCK_TRACKS), colour);
}

/** The number of cells that a view takes. */
function cells({ left, right, bottom, top }: View, columns: number, rows: number): [columns: number, rows: number] {
  const scale = Math.min(columns / (right - left), (2 * rows) / (top - bottom));
  const clamp = (value: number, most: number): number => Math.min(Math.max(Math.round(value), 1), most);
  return [clamp(scale * (right - left), columns), clamp((scale * (top - bottom)) / 2, rows)];
}

function drawBlocks({ columns, rows, samples, letters, inks }: Raster, depth: ColourDepth): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    let line = "";
    let ink: Rgb | undefined;
    let ground: Rgb | undefined;
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const block = nearestBlock(samples, row * DOWN * columns * ACROSS + column * ACROSS, columns * ACROSS);
      const letter = letters[cell];
      const next = letter === undefined ? block : { letter, ink: inks[cell], ground: block.common };
      if (next.ground !== ground) line += select("ground", (ground = next.ground), depth);
      if (next.ink !== ink && next.letter !== " ") line += select("ink", (ink = next.ink), depth);
      line += next.letter;
    }
    lines.push(line + RESET);
  }
  return lines.join("\n");
}

function drawDots({ columns, rows, samples, letters, background }: Raster): string {
  const across = columns * ACROSS;
  const width = columns * DOTS_ACROSS;
  const ground = groundOf(samples, background);
  const isVisible = (colour: Rgb): boolean => differs(colour, ground, VISIBLE);
  /** A dot stands for two by two samples. It is set if at least half of them are visible. */
  const dots = Array.from({ length: width * rows * DOTS_DOWN }, (_, i): Rgb | undefined => {
    const at = Math.floor(i / width) * 2 * across + (i % width) * 2;
    const visible = [samples[at], samples[at + 1], samples[at + across], samples[at + across + 1]].filter(isVisible);
    return visible.length >= 2 ? most(visible) : undefined;
  });
  const isParted = (a: Rgb, b: Rgb | undefined): boolean => b !== undefined && differs(a, b, PARTED);
  const isSet = (x: number, y: number): boolean => {
    const colour = dots[y * width + x];
    if (colour === undefined) return false;
    return (
      !(x + 1 < width && isParted(colour, dots[y * width + x + 1])) && !isParted(colour, dots[(y + 1) * width + x])
    );
  };
  const letter = (column: number, row: number): string =>
    letters[row * columns + column] ?? brailleLetter((x, y) => isSet(column * DOTS_ACROSS + x, row * DOTS_DOWN + y));
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => letter(column, row)).join(""),
  ).join("\n");
}

function differs(a: Rgb, b: Rgb, limit: number): boolean {
  if (a === CLEAR || b === CLEAR) return a !== b;
  return distance(a, b) > limit;
}

function groundOf(samples: Int32Array, background: Rgb): Rgb {
  const left = samples.reduce((count, colour) => (colour === background ? count + 1 : count), 0);
  return 8 * left >= samples.length ? background : most(samples);
}

/** The most common colour; of equally common ones, the first. */
function most(colours: ArrayLike<Rgb>): Rgb {
  const counts = new Map<Rgb, number>();
  let best = colours[0];
  for (let i = 0; i < colours.length; i++) {
    const count = (counts.get(colours[i]) ?? 0) + 1;
    counts.set(colours[i], count);
  }
  for (const [colour, count] of counts) {
    if (count > (counts.get(best) ?? 0)) best = colour;
  }
  return best;
}
