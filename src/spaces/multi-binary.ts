import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";
import type { Space } from "./space.js";

/** A row of zeros and ones. */
export interface MultiBinary extends Space<Int8Array> {
  readonly kind: "multi-binary";
  readonly n: number;
}

/**
 * `multiBinary(8)` holds the states of eight switches. Samples are Gymnasium's for the same state of the generator.
 *
 * @throws ConfigError if `n` is not a whole number of at least 1
 */
export function multiBinary(n: number): MultiBinary {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new ConfigError({ field: "multiBinary.n", given: n, allowed: "a whole number of at least 1" });
  return {
    kind: "multi-binary",
    shape: [n],
    n,
    sample: (rng) => tosses(rng, n),
    contains: (value): value is Int8Array =>
      value instanceof Int8Array && value.length === n && value.every((element) => element === 0 || element === 1),
    toString: () => `MultiBinary(${n})`,
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
