/** What a prediction consists of. */

import { checkName, checkSetting } from "./checks.js";
import type { Setting } from "./setting.js";

/** A prediction for the mean of a batch of N episodes. */
export interface Prediction {
  /** What the estimator is meant to estimate: the gradient ∇J, or the field F without γᵗ. */
  readonly target: "∇J" | "F";
  /**
   * The vector of that name, if it is not the setting's own: under a time limit, that of the objective up to the limit, with V
   * of the cut state as a last reward if the estimator puts it there.
   */
  readonly aim?: Float64Array | undefined;
  /** One phrase. */
  readonly says: string;
  /** E[ĝ] in the policy's parameters, where theory has a formula. */
  readonly mean?: Float64Array | undefined;
  /** The total variance for N episodes, where linear systems give it. */
  readonly variance?: number | undefined;
}

/** The vector that a target's name stands for. */
export function targetOf(setting: Setting, target: Prediction["target"]): Float64Array {
  checkSetting(setting);
  checkName("target", target, ["∇J", "F"]);
  return target === "∇J" ? setting.gradient : setting.field;
}
