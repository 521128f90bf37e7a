/** Statistics over seeds, with the seed 0 for resampling, so that stored results can be made again. */
import { interquartileMean, resampledInterval } from "../dist/sweeps/index.js";

export { interquartileMean };

/** A 95 % percentile interval of a statistic over seeds, from 10,000 seeded resamples, or `settings.resamples` of them. */
export function bootstrapInterval(values, statistic, settings) {
  return stratifiedInterval([values], statistic, settings);
}

/** The same for several tasks together, with seeds resampled within each task. */
export function stratifiedInterval(strata, statistic, { resamples } = {}) {
  return resampledInterval(strata, (drawn) => statistic(drawn.flat()), { resamples, seed: 0 });
}
