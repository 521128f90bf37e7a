/** The figures of an evaluation. */

import { defaultRng, type Entropy, type Generator, SeedSequence } from "../random/index.js";
import { EVALUATION, type Step } from "./player.js";

/** What `evaluate` found: every return, their mean, and how sure it is. */
export interface Evaluation {
  /** One an episode; undiscounted. */
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly mean: number;
  /** A 95 % confidence interval for the mean, over the episodes of this one policy. */
  readonly interval: readonly [low: number, high: number];
  readonly min: number;
  readonly max: number;
}

/** The returns and lengths of so many episodes, in the order in which they began. */
export class Returns {
  private readonly returns: number[];
  private readonly lengths: number[];

  constructor(episodes: number) {
    this.returns = new Array(episodes).fill(0);
    this.lengths = new Array(episodes).fill(0);
  }

  /** Records the last step of an episode. */
  add({ episode, step, return: total }: Step): void {
    this.returns[episode - 1] = total;
    this.lengths[episode - 1] = step;
  }

  summary(seed: number | bigint): Evaluation {
    const { returns, lengths } = this;
    return {
      returns,
      lengths,
      mean: returns.reduce((total, value) => total + value, 0) / returns.length,
      interval: bootstrapInterval(returns, defaultRng(new SeedSequence([EVALUATION, seed, 1] as Entropy))),
      ...extremes(returns),
    };
  }
}

/** The smallest and the largest. The values are too many for the arguments of one `Math.min`. */
export function extremes(values: readonly number[]): { min: number; max: number } {
  return { min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
}

/** The middle 95 % of the means of resamples with replacement (the percentile bootstrap, Efron 1979). */
export function bootstrapInterval(
  values: readonly number[],
  rng: Generator,
  resamples = 2000,
): [low: number, high: number] {
  const draws = new Float64Array(values.length);
  const means = Float64Array.from({ length: resamples }, () => {
    rng.random(draws);
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[Math.floor(draws[i] * values.length)];
    return total / values.length;
  }).sort();
  return [means[Math.floor(0.025 * resamples)], means[Math.ceil(0.975 * resamples) - 1]];
}
