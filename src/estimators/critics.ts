/** The numbers that stand in for V. */

import { constantBaseline, stateBaseline } from "./optimal-baselines.js";
import { perSetting, type Setting } from "./setting.js";

/**
 * Where V comes from: the exact values, the world's wrong critic V + e, 0 as of an untrained one, the numbers of least variance
 * (one for each state, or one constant), V of the policy that acted, or the mean return of each state in the very batch. The
 * last two are numbers for each episode that are subtracted in place of V: the mean return G₀ of all episodes, or of the others.
 */
export type Critic = (typeof CRITICS)[number];

/** All of them, by name. */
export const CRITICS = [
  "exact",
  "wrong",
  "zero",
  "best",
  "best-constant",
  "acting",
  "fitted",
  "mean-of-episodes",
  "other-episodes",
] as const;

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
      return bestFor(setting).values;
    case "acting":
      return (setting.acting ?? setting).values;
    case "best-constant":
      return bestFor(setting).constant;
    default:
      return setting.zeros;
  }
}

/** The baselines of least variance. */
const bestFor = perSetting((setting) => {
  const constant = constantBaseline(setting);
  return { values: stateBaseline(setting), constant: setting.zeros.map(() => constant) };
});

/** Larger systems would take seconds, and no variance is predicted. */
const LARGEST_SYSTEM = 50_000;

/** Whether the linear systems for variances are small enough to be solved: S rows of one number a parameter. */
export function hasVariance({ mdp, parameters }: Setting): boolean {
  return mdp.states * parameters.size <= LARGEST_SYSTEM;
}
