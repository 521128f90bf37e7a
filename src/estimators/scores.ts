/** The score of each action: x(s, a) = ∇log π(a|s), in the policy's parameters. */

import type { Setting } from "./setting.js";
import { square } from "./square.js";

/** All scores of a policy. */
export interface Scores {
  /** The number of parameters. */
  readonly width: number;
  /** x(s, a) at s·A + a. */
  readonly rows: readonly Float64Array[];
  /** |x(s, a)|² at s·A + a. */
  readonly norms: Float64Array;
}

/** ∂log π(a|s)/∂logit(s, b) = 1(a = b) − π(b|s), pulled back to the parameters. */
export function scoresOf({ policy, mdp, parameters }: Pick<Setting, "policy" | "mdp" | "parameters">): Scores {
  const { actions } = mdp;
  const rows = Array.from(policy, (_, pair) => {
    const inLogits = new Float64Array(policy.length);
    const first = pair - (pair % actions);
    for (let b = first; b < first + actions; b++) inLogits[b] = Number(b === pair) - policy[b];
    return parameters.pulledBack(inLogits);
  });
  return { width: parameters.size, rows, norms: Float64Array.from(rows, square) };
}

/** Adds weight · x to row `row` of a matrix. */
export function addTo(matrix: Float64Array, row: number, x: Float64Array, weight: number): void {
  const first = row * x.length;
  for (let k = 0; k < x.length; k++) matrix[first + k] += weight * x[k];
}

/** The inner product of x with row `row` of a matrix. */
export function along(matrix: Float64Array, row: number, x: Float64Array): number {
  const first = row * x.length;
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += matrix[first + k] * x[k];
  return sum;
}
