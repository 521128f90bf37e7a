/**
 * The optimal policy of a known world, by the two classic methods of dynamic programming.
 *
 * Policy iteration (Howard, 1960): evaluate the policy exactly and make it greedy, until it cannot be improved.
 * Value iteration (Bellman, 1957): V(s) ← maxₐ R(s, a) + γ Σ P(s′|s, a) V(s′), until V no longer changes.
 */

import { ConfigError } from "../errors.js";
import { evaluatePolicy, type PolicyValues, sweep } from "./evaluate.js";
import type { Mdp, PolicyTable } from "./mdp.js";
import { greedyActions, greedyPolicy, uniformPolicy } from "./policies.js";

/** An optimal policy and its values. */
export interface Plan extends PolicyValues {
  /** Uniform over the best actions of each state. */
  readonly policy: PolicyTable;
  /** The first best action of each state. */
  readonly greedy: Int32Array;
}

/**
 * V*, Q* and an optimal policy, starting from the uniform policy. `iterations` is the number of evaluations.
 *
 * The greedy policy is uniform over equally good actions because of γ = 1: if a detour costs nothing, it is as good as
 * the way out, and a policy that takes only the first best action could circle for ever.
 *
 * @throws ConfigError if γ is not from 0 to 1, or is 1 while some state has no way to a terminal state
 */
export function policyIteration(mdp: Mdp, { gamma }: { gamma: number }): Plan & { readonly iterations: number } {
  let policy = uniformPolicy(mdp);
  // Every policy is better than the one before, and there are finitely many of them.
  for (let iterations = 1; iterations <= 2 + mdp.states * mdp.actions; iterations++) {
    const found = evaluatePolicy(mdp, policy, { gamma });
    policy = greedyPolicy(mdp, found.actionValues);
    if (!isImproved(mdp, found))
      return { ...found, policy, greedy: greedyActions(mdp, found.actionValues), iterations };
  }
  throw new ConfigError({ field: "gamma", given: gamma, allowed: "a value with which policy iteration converges" });
}

/** Whether some action is worth more than the policy's own mixture, beyond rounding. */
function isImproved({ states, actions }: Mdp, { values, actionValues }: PolicyValues): boolean {
  for (let s = 0; s < states; s++) {
    const best = largest(actionValues.subarray(s * actions, (s + 1) * actions));
    if (best > values[s] + 1e-11 * Math.max(1, Math.abs(best))) return true;
  }
  return false;
}

const largest = (row: Float64Array): number => row.reduce((a, b) => Math.max(a, b));

/** V*, Q* and an optimal policy, to within `tolerance`. @throws ConfigError if it takes more than `maxSweeps` sweeps */
export function valueIteration(
  mdp: Mdp,
  { gamma, tolerance = 1e-10, maxSweeps = 1_000_000 }: { gamma: number; tolerance?: number; maxSweeps?: number },
): Plan & { readonly sweeps: number } {
  const found = sweep(mdp, { gamma, tolerance, maxSweeps }, largest);
  const { actionValues } = found;
  return { ...found, policy: greedyPolicy(mdp, actionValues), greedy: greedyActions(mdp, actionValues) };
}
