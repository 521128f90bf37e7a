import { wilsonInterval } from "../wilson.js";

/** The share of runs that score more than each of some levels. */
export interface Profile {
  readonly levels: readonly number[];
  readonly share: readonly number[];
  /** Wilson's 95 % interval of the share. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * A performance profile (Agarwal et al. 2021): share(τ) = #{runs with a score > τ} / n. It shows all of the scores at once,
 * and a curve that lies above another everywhere is better whatever the mark.
 */
export function profileOf(scores: readonly number[], levels: readonly number[]): Profile {
  const counts = levels.map((level) => scores.filter((score) => score > level).length);
  const intervals = counts.map((count) => wilsonInterval(count, scores.length));
  return {
    levels,
    share: counts.map((count) => count / scores.length),
    low: intervals.map(([low]) => low),
    high: intervals.map(([, high]) => high),
  };
}
