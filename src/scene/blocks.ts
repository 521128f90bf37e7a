import { CLEAR, type Rgb } from "./ansi.js";
import { GLYPHS } from "./glyphs.js";
import { ACROSS, DOWN } from "./raster.js";

const SIZE = ACROSS * DOWN;

/** How much being painted or not counts beside a difference of colour. */
const PAINTED = 1024;

export interface Block {
  readonly letter: string;
  readonly ink: Rgb;
  readonly ground: Rgb;
  /** The colour that covers most of the cell. */
  readonly common: Rgb;
}

const cell = new Int32Array(SIZE);

/**
 * The character in two colours that comes nearest to the samples of the cell whose first is `samples[first]`, `across`
 * samples a row. Nearest by least squares: with the means of what a glyph covers and of what it leaves, the error is a
 * constant minus |Σ covered|² / n − |Σ left|² / (32 − n), summed over red, green, blue and whether a sample is painted.
 */
export function nearestBlock(samples: Int32Array, first: number, across: number): Block {
  let isUniform = true;
  for (let i = 0; i < SIZE; i++) {
    cell[i] = samples[first + Math.floor(i / ACROSS) * across + (i % ACROSS)];
    if (cell[i] !== cell[0]) isUniform = false;
  }
  if (isUniform) return { letter: " ", ink: CLEAR, ground: cell[0], common: cell[0] };

  let best: Block | undefined;
  let bestScore = -1;
  for (const { letter, mask } of GLYPHS) {
    const covered = sums(mask, 1);
    const left = sums(mask, 0);
    const score = quality(covered) + quality(left);
    const ink = mean(covered);
    // The terminal's own background can be behind a glyph but not its ink.
    if (score <= bestScore || (ink === CLEAR && letter !== " ")) continue;
    bestScore = score;
    const ground = mean(left);
    best = { letter, ink, ground, common: covered.n > left.n ? ink : ground };
  }
  return best!;
}

interface Sums {
  readonly n: number;
  readonly painted: number;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

function sums(mask: Uint8Array, part: 0 | 1): Sums {
  let n = 0;
  let painted = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let i = 0; i < SIZE; i++) {
    if (mask[i] !== part) continue;
    n++;
    const colour = cell[i];
    if (colour === CLEAR) continue;
    painted++;
    red += colour >> 16;
    green += (colour >> 8) & 255;
    blue += colour & 255;
  }
  return { n, painted, red, green, blue };
}

function quality({ n, painted, red, green, blue }: Sums): number {
  const weight = PAINTED * painted;
  return n === 0 ? 0 : (red * red + green * green + blue * blue + weight * weight) / n;
}

function mean({ n, painted, red, green, blue }: Sums): Rgb {
  if (n === 0 || 2 * painted < n) return CLEAR;
  return (Math.round(red / painted) << 16) | (Math.round(green / painted) << 8) | Math.round(blue / painted);
}
