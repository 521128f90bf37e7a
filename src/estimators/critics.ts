/** The numbers that stand in for V. */

import type { Critic } from "./estimator.js";
import type { Setting } from "./setting.js";

/** Whether a critic is computed from the batch that it is used on. */
export function isOfBatch(critic: Critic): critic is "fitted" | "mean-of-episodes" | "other-episodes" {
  return critic === "fitted" || critic === "mean-of-episodes" || critic === "other-episodes";
}

/** The number of each state, for critics that are known before a batch is. 0 without one. */
export function tableFor(setting: Setting, critic: Critic | undefined): Float64Array {
  switch (critic) {
    case "exact":
      return setting.values;
    case "wrong":
      return setting.wrongValues;
    case "best":
      return setting.bestValues;
    case "acting":
      return (setting.acting ?? setting).values;
    case "best-constant":
      return setting.bestConstant;
    default:
      return setting.zeros;
  }
}

/** Larger systems would take seconds, and no variance is predicted. */
const LARGEST_SYSTEM = 50_000;

/** Whether the linear systems for variances are small enough to be solved: S rows of one number a parameter. */
export function hasVariance({ mdp, parameters }: Setting): boolean {
  return mdp.states * parameters.size <= LARGEST_SYSTEM;
}
