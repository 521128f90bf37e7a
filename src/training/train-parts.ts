import type { MakeEnvironments } from "../rollout/environments.js";

/** Arguments of a run that do not affect its results. */
export interface TrainParts {
  /** Makes the environments. Default: in this thread. `threads(n)` of `ascent/node` spreads them over n threads. */
  readonly environments?: MakeEnvironments | undefined;
  /**
   * Measures how noisy the gradient is in every so many updates: `gradientVariance`, `signalToNoise` and `criticalBatch` in
   * the diagnostics. It takes about as long as one more gradient step on the batch. Default: never.
   */
  readonly gradientNoise?: number | undefined;
  /**
   * Says of each update, by its number and by whether it is the run's last, whether it shall bring its `credit`: what it made
   * of every step. It takes about as long as one more pass over the batch. Default: none.
   */
  readonly explain?: ((update: number, last: boolean) => boolean) | undefined;
}
