/** Statistics over seeds: interquartile means with bootstrap intervals (Agarwal et al. 2021, arXiv:2108.13264). */
import { defaultRng } from "../dist/random/index.js";

/** The mean of the middle half of the values; if n is not divisible by 4, the outermost of them count in part. */
export function interquartileMean(values) {
  const sorted = Float64Array.from(values).sort();
  const cut = sorted.length / 4;
  let total = 0;
  let weight = 0;
  for (let i = 0; i < sorted.length; i++) {
    const share = Math.max(0, Math.min(i + 1, sorted.length - cut) - Math.max(i, cut));
    total += share * sorted[i];
    weight += share;
  }
  return total / weight;
}

/** A 95 % percentile interval of a statistic over seeds, from 10,000 seeded resamples. */
export function bootstrapInterval(values, statistic, settings) {
  return stratifiedInterval([values], statistic, settings);
}

/** The same for several tasks together, with seeds resampled within each task. */
export function stratifiedInterval(strata, statistic, { resamples = 10_000, seed = 0 } = {}) {
  const rng = defaultRng(seed);
  const estimates = Float64Array.from({ length: resamples }, () =>
    statistic(
      strata.flatMap((values) => Array.from({ length: values.length }, () => values[rng.integers(0, values.length)])),
    ),
  ).sort();
  return [estimates[Math.floor(0.025 * resamples)], estimates[Math.ceil(0.975 * resamples) - 1]];
}
