/**
 * Baselines: b is subtracted from the return, G - b, before it multiplies ∇ log π.
 *
 *   none             b = 0
 *   mean             b = mean of G over all steps of the batch
 *   leave-one-out    b = mean of G over the steps of the other episodes (Kool et al. 2019)
 *   episode-mean     b = mean of G over the steps of the same episode
 *   value            b = V(s), learned; see `value-network.ts`
 *
 * A baseline that does not depend on the action does not change the expected gradient. `mean` and `episode-mean` contain
 * the return that they are subtracted from, so they depend on the action.
 */

import type { Segment } from "../rollout/batch.js";

/** Computes b for each step from the returns of a batch and its episodes. */
export type Baseline = (returns: Float64Array, episodes: readonly Segment[]) => Float64Array;

/** The baselines that need only the returns, by name. */
export const BASELINES: Readonly<Record<"none" | "mean" | "leave-one-out" | "episode-mean", Baseline>> = {
  none: (returns) => new Float64Array(returns.length),

  mean: (returns, episodes) => {
    const total = totalOf(totals(returns, episodes));
    return new Float64Array(returns.length).fill(total / returns.length);
  },

  "leave-one-out": (returns, episodes) => {
    const sums = totals(returns, episodes);
    const total = totalOf(sums);
    return perEpisode(returns, episodes, (i, own) => (total - sums[i]) / (returns.length - own));
  },

  "episode-mean": (returns, episodes) => {
    const sums = totals(returns, episodes);
    return perEpisode(returns, episodes, (i, own) => sums[i] / own);
  },
};

/** Advantages below this fraction of the largest return are rounding errors of 0. */
const ROUNDING = 1e-10;

/** Sets the advantages to 0 if they are nothing but rounding errors: what is left of returns that equal their own mean. */
export function dropRounding(advantages: Float64Array, returns: Float64Array): void {
  if (largest(advantages) <= ROUNDING * largest(returns)) advantages.fill(0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Gives all steps of episode i the number `b(i, steps)`. */
function perEpisode(
  returns: Float64Array,
  episodes: readonly Segment[],
  b: (i: number, steps: number) => number,
): Float64Array {
  const baseline = new Float64Array(returns.length);
  episodes.forEach(({ start, end }, i) => void baseline.fill(b(i, end - start), start, end));
  return baseline;
}

/** The sum of each episode's returns. */
function totals(returns: Float64Array, episodes: readonly Segment[]): number[] {
  return episodes.map(({ start, end }) => totalOf(returns.subarray(start, end)));
}

function totalOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
