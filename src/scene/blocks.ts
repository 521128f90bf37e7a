import { CLEAR, type Rgb } from "./ansi.js";
import { GLYPHS } from "./glyphs.js";
import { ACROSS, DOWN } from "./raster.js";

const SIZE = ACROSS * DOWN;

/** The weight of "painted or unpainted" against a difference of colour. */
const PAINTED = 1024;

export interface BlockGlyph {
  readonly letter: string;
  readonly ink: Rgb;
  readonly ground: Rgb;
  /** The colour that covers most of the cell. */
  readonly common: Rgb;
}

const cell = new Int32Array(SIZE);

/**
 * Finds the two-colour character that best matches one cell of `samples`. The cell's top left sample is
 * `samples[first]`; a row has `across` samples.
 *
 * "Best" means least squares. With the mean colours of the covered and the uncovered samples, the error is a constant
 * minus |Σ covered|² / n − |Σ uncovered|² / (32 − n), summed over red, green, blue and "painted".
 */
export function nearestBlock(samples: Int32Array, first: number, across: number): BlockGlyph {
  let isUniform = true;
  for (let i = 0; i < SIZE; i++) {
    cell[i] = samples[first + Math.floor(i / ACROSS) * across + (i % ACROSS)];
    if (cell[i] !== cell[0]) isUniform = false;
  }
  if (isUniform) return { letter: " ", ink: CLEAR, ground: cell[0], common: cell[0] };

  let best: BlockGlyph | undefined;
  let bestScore = -1;
  for (const { letter, mask } of GLYPHS) {
    const covered = sums(mask, 1);
    const left = sums(mask, 0);
    const score = quality(covered) + quality(left);
    const ink = mean(covered);
    // The terminal's own background can be the ground of a glyph, but not its ink.
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
