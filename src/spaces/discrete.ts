import { ConfigError } from "../errors.js";
import type { Generator } from "../random/generator.js";
import type { ActionMask } from "./action-mask.js";
import type { Space } from "./space.js";

/** The whole numbers `start, start + 1, …, start + n - 1`. */
export interface Discrete extends Space<number> {
  readonly kind: "discrete";
  readonly n: number;
  readonly start: number;
  /**
   * Draws uniformly. With a mask of length `n`, draws uniformly among the values whose entry is 1 or `true`; a mask
   * of zeros gives `start`.
   */
  sample(rng: Generator, mask?: ActionMask): number;
}

/**
 * `discrete(4)` holds 0, 1, 2, 3; `discrete(3, { start: -1 })` holds -1, 0, 1.
 * Samples are those of Gymnasium's `Discrete` for the same state of the generator.
 *
 * @throws ConfigError if `n` is not a whole number of at least 1, or `start` is not a whole number
 */
export function discrete(n: number, { start = 0 }: { start?: number } = {}): Discrete {
  if (!Number.isSafeInteger(n) || n < 1)
    throw new ConfigError({ field: "discrete.n", given: n, allowed: "a whole number of at least 1" });
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(start + n))
    throw new ConfigError({ field: "discrete.start", given: start, allowed: "a whole number" });
  return {
    kind: "discrete",
    shape: [],
    n,
    start,
    sample: (rng, mask) => start + (mask === undefined ? rng.integers(0, n) : sampleMasked(rng, n, mask)),
    contains: (value): value is number =>
      Number.isInteger(value) && (value as number) >= start && (value as number) < start + n,
    toString: () => (start === 0 ? `Discrete(${n})` : `Discrete(${n}, start=${start})`),
  };
}

function sampleMasked(rng: Generator, n: number, mask: ActionMask): number {
  if (mask.length !== n)
    throw new ConfigError({ field: "discrete.sample.mask", given: mask, allowed: `${n} entries of 0 or 1` });
  const open: number[] = [];
  for (let i = 0; i < n; i++) {
    const entry = mask[i];
    if (entry === 1 || entry === true) open.push(i);
    else if (entry !== 0 && entry !== false)
      throw new ConfigError({ field: `discrete.sample.mask[${i}]`, given: entry, allowed: "0, 1, false or true" });
  }
  return open.length === 0 ? 0 : open[rng.integers(0, open.length)];
}
