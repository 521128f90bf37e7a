import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";
import type { Space } from "./space.js";

/** Zeros and ones. */
export interface MultiBinary extends Space<Int8Array> {
  readonly kind: "multi-binary";
  /** How many there are, over all dimensions. */
  readonly n: number;
}

/**
 * `multiBinary(8)` holds the states of eight switches, `multiBinary([3, 4])` those of a board of three rows and four
 * columns. A value is a flat `Int8Array` in row-major order, whatever the shape. Samples are Gymnasium's for the same
 * state of the generator.
 *
 * @throws ConfigError if a length is not a whole number of at least 1
 */
export function multiBinary(size: number | readonly number[]): MultiBinary {
  const shape = typeof size === "number" ? [size] : [...size];
  const n = shape.reduce((product, length) => product * length, 1);
  if (shape.length === 0 || !shape.every((length) => length >= 1) || ![...shape, n].every(Number.isSafeInteger))
    throw new ConfigError({
      field: "multiBinary.n",
      given: size,
      allowed: "a whole number of at least 1, or several, such as [3, 4]",
    });
  return {
    kind: "multi-binary",
    shape,
    n,
    sample: (rng) => tosses(rng, n),
    contains: (value): value is Int8Array =>
      value instanceof Int8Array && value.length === n && value.every((element) => element === 0 || element === 1),
    toString: () => `MultiBinary(${shape.length === 1 ? n : `[${shape.join(", ")}]`})`,
  };
}

/** NumPy splits each 32-bit draw into four bytes, lowest first. A coin toss is the top bit of a byte. */
function tosses(rng: Generator, n: number): Int8Array {
  const values = new Int8Array(n);
  let draw = 0;
  for (let i = 0; i < n; i++) {
    draw = i % 4 === 0 ? rng.integers(0, 2 ** 32) : draw >>> 8;
    values[i] = (draw >>> 7) & 1;
  }
  return values;
}
