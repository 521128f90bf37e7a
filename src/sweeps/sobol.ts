/**
 * Sobol points: a sequence that fills the unit cube evenly, so that n points leave no hole as large as n random ones do.
 *
 * Directions: S. Joe, F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput.
 * 30 (2008), the first rows of new-joe-kuo-6. Scrambling: J. Matoušek, On the L₂-discrepancy for anchored boxes,
 * J. Complexity 14 (1998): a random lower triangular matrix of bits for each dimension, and a random shift. Each point is
 * then uniform by itself, and together they are as even as before.
 */

import { defaultRng } from "../random/index.js";

const BITS = 32;

/** Per dimension from the second on: the inner coefficients of its primitive polynomial, then the first direction integers. */
const DIRECTIONS: readonly (readonly [coefficients: number, ...first: number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
  [19, 1, 1, 1, 15, 7, 5],
  [22, 1, 3, 1, 15, 13, 25],
  [25, 1, 1, 5, 5, 19, 61],
  [1, 1, 3, 7, 11, 23, 15, 103],
  [4, 1, 3, 7, 13, 13, 15, 69],
];

export const MOST_DIMENSIONS: number = DIRECTIONS.length + 1;

/** One dimension of the sequence: the place of point i, in [0, 1). */
export function sobol(dimension: number): (i: number) => number {
  const directions = directionsOf(dimension);
  return (i) => placeOf(directions, 0, i);
}

/** The same, scrambled by a seed: another sequence for each, as even. */
export function scrambledSobol(dimension: number, seed: number | bigint): (i: number) => number {
  const rng = defaultRng([seed, dimension]);
  const word = (): number => rng.integers(0, 2 ** BITS);
  // Row r of the matrix says which bits of a direction the bit r (from the highest) is made of: its own, and higher ones.
  const rows = Array.from({ length: BITS }, (_, r) => {
    const own = 2 ** (BITS - 1 - r);
    return ((word() & ~(2 * own - 1)) | own) >>> 0;
  });
  const shift = word();
  const directions = directionsOf(dimension).map((direction) =>
    rows.reduce((made, row, r) => (parity(row & direction) ? made | (2 ** (BITS - 1 - r)) : made) >>> 0, 0),
  );
  return (i) => placeOf(directions, shift, i);
}

/** The XOR of the directions at the ones of i's Gray code. */
function placeOf(directions: readonly number[], shift: number, i: number): number {
  let bits = shift;
  let gray = (i ^ (i >>> 1)) >>> 0;
  for (let k = 0; gray !== 0; k++, gray >>>= 1) if (gray & 1) bits ^= directions[k];
  return (bits >>> 0) / 2 ** BITS;
}

/** vₖ = mₖ 2^(32 - k), with m from the recurrence of the polynomial. */
function directionsOf(dimension: number): number[] {
  if (dimension === 0) return Array.from({ length: BITS }, (_, k) => 2 ** (BITS - 1 - k));
  const [coefficients, ...first] = DIRECTIONS[dimension - 1];
  const degree = first.length;
  const directions = first.map((m, k) => (m << (BITS - 1 - k)) >>> 0);
  for (let k = degree; k < BITS; k++) {
    let next = directions[k - degree] ^ (directions[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) if ((coefficients >>> (degree - 1 - j)) & 1) next ^= directions[k - j];
    directions.push(next >>> 0);
  }
  return directions;
}

function parity(bits: number): boolean {
  let odd = false;
  for (let rest = bits; rest !== 0; rest &= rest - 1) odd = !odd;
  return odd;
}
