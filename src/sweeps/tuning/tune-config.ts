import type { Range } from "../../options.js";
import type { NamedConfig } from "../../training/types.js";

/**
 * What is to be tuned: a config as for `train`, without a seed.
 *
 *   { algorithm: "ppo", env: "Walk-v9", steps: 50_000, search: { learningRate: log(1e-4, 1e-2) } }
 *
 * `options` are not tuned. Training goes on to the end of the budget, also after the environment is solved: what counts is
 * the return there.
 */
export interface TuneConfig extends Omit<NamedConfig, "seed" | "from" | "features" | "stopWhenSolved"> {
  /** Where to look for the values of options, beside what the algorithm declares, or instead of it. */
  readonly search?: Readonly<Record<string, Range | readonly unknown[]>> | undefined;
  /** Points and seeds are a function of it. Default: 0. */
  readonly tuneSeed?: number | undefined;
}
