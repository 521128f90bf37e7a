/** What a policy would do in given states, as probabilities. */

import { ConfigError } from "../errors.js";
import { exp } from "../kernels/maths.js";
import type { ActionMask } from "../spaces/action-mask.js";
import type { Discrete } from "../spaces/index.js";
import { indices, noGrad } from "../tensor/index.js";
import type { Policy } from "./policy.js";
import { rowsOf } from "./rows-of.js";

/**
 * π(a|s) of every action of a `Discrete` space, for each of these observations. An action that its mask forbids has 0.
 *
 * @throws ConfigError for another action space, and for an observation or a mask that does not fit
 */
export function probabilitiesOf(
  policy: Policy,
  observations: readonly unknown[],
  masks?: readonly ActionMask[],
): Float64Array[] {
  const { actionSpace } = policy;
  if (actionSpace.kind !== "discrete") {
    const allowed = "a Discrete one, whose actions can be counted";
    throw new ConfigError({ field: "policy.actionSpace", given: String(actionSpace), allowed });
  }
  const { n } = actionSpace as Discrete;
  const found = observations.map(() => new Float64Array(n));
  noGrad(() => {
    const rows = rowsOf(policy, observations, masks);
    const distribution = policy.distribution(rows);
    for (let action = 0; action < n; action++) {
      const logProbs = distribution.logProb(indices(new Int32Array(observations.length).fill(action))).toArray();
      for (let row = 0; row < found.length; row++) found[row][action] = exp(logProbs[row]);
    }
  });
  return found;
}
