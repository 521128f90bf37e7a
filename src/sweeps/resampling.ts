/** Bootstrap intervals over seeds. */

import { sha256 } from "../formats/sha256.js";
import { defaultRng } from "../random/index.js";

/** The bounds of an interval that covers with a probability of 95 %. */
export type Interval = readonly [low: number, high: number];

/** How samples are drawn anew. */
export interface Resampling {
  /** How often. Default: 10,000. */
  readonly resamples?: number | undefined;
  /** Default: a hash of the data, so that the same data always have the same interval. */
  readonly seed?: number | bigint | undefined;
}

/**
 * The 95 % percentile interval (Efron 1979) of a statistic of one or more samples: each is drawn anew with replacement, on
 * its own, and the statistic of all of them computed again. A sample is one value a *seed*; the episodes of one run are no
 * sample, since they share its policy. With a single value in each sample the interval has no width, which says nothing.
 *
 * @throws ConfigError if a sample is empty
 */
export function resampledInterval(
  samples: readonly (readonly number[])[],
  statistic: (samples: readonly (readonly number[])[]) => number,
  { resamples = 10_000, seed = seedOf(samples) }: Resampling = {},
): Interval {
  const rng = defaultRng(seed);
  const drawn = samples.map((values) => values.slice());
  const estimates = Float64Array.from({ length: resamples }, () => {
    for (const [k, values] of samples.entries())
      for (let i = 0; i < values.length; i++) drawn[k][i] = values[rng.integers(0, values.length)];
    return statistic(drawn);
  });
  return middle(estimates);
}

/** The bounds of the middle 95 % of some estimates, which it sorts. */
export function middle(estimates: Float64Array): Interval {
  estimates.sort();
  return [estimates[Math.floor(0.025 * estimates.length)], estimates[Math.ceil(0.975 * estimates.length) - 1]];
}

/** 64 bits of the SHA-256 of some samples. */
export function seedOf(samples: readonly (readonly number[])[]): bigint {
  const numbers = Float64Array.from(samples.flatMap((values) => [values.length, ...values]));
  return BigInt(`0x${sha256(new Uint8Array(numbers.buffer)).slice(0, 16)}`);
}
