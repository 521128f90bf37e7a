/**
 * The best policy of a known world, by the two classic ways of dynamic programming.
 *
 * Policy iteration (Howard, 1960): evaluate the policy exactly, make it greedy, until it can't be improved.
 * Value iteration (Bellman, 1957): V(s) ← maxₐ R(s, a) + γ Σ P(s′|s, a) V(s′), until V stays as it is.
 */

import { ConfigError } from "../errors.js";
import { evaluatePolicy, sweep, type Values } from "./evaluate.js";
import type { Mdp, PolicyTable } from "./mdp.js";
import { greedyActions, greedyPolicy, uniformPolicy } from "./policies.js";

/** An optimal policy and what it is worth. */
export interface Plan extends Values {
  /** The best actions of each state, all of them alike. */
  readonly policy: PolicyTable;
  /** The first of them. */
  readonly greedy: Int32Array;
}

/**
 * V*, Q* and the best policy, from the uniform one; `iterations` counts evaluations. With γ = 1 there has to be a way to an
 * end from every state.
 *
 * Sharing out between equally good actions matters there: where going round in circles costs nothing, it is as good as
 * going on, and a policy of only first actions might circle for ever.
 */
export function policyIteration(mdp: Mdp, { gamma }: { gamma: number }): Plan & { readonly iterations: number } {
  let policy = uniformPolicy(mdp);
  // Every policy is better than the one before, and there are finitely many.
  for (let iterations = 1; iterations <= 2 + mdp.states * mdp.actions; iterations++) {
    const found = evaluatePolicy(mdp, policy, { gamma });
    policy = greedyPolicy(mdp, found.actionValues);
    if (!isImproved(mdp, found))
      return { ...found, policy, greedy: greedyActions(mdp, found.actionValues), iterations };
  }
  throw new ConfigError({ field: "gamma", given: gamma, allowed: "one for which policy iteration settles" });
}

/** Whether some action is worth more than the policy's own mixture, by more than rounding. */
function isImproved({ states, actions }: Mdp, { values, actionValues }: Values): boolean {
  for (let s = 0; s < states; s++) {
    const best = Math.max(...actionValues.subarray(s * actions, (s + 1) * actions));
    if (best > values[s] + 1e-11 * Math.max(1, Math.abs(best))) return true;
  }
  return false;
}

/** V*, Q* and the best policy, to within `tolerance`; more than `maxSweeps` sweeps are an error. */
export function valueIteration(
  mdp: Mdp,
  { gamma, tolerance = 1e-10, maxSweeps = 1_000_000 }: { gamma: number; tolerance?: number; maxSweeps?: number },
): Plan & { readonly sweeps: number } {
  const found = sweep(mdp, { gamma, tolerance, maxSweeps }, (row) => Math.max(...row));
  const { actionValues } = found;
  return { ...found, policy: greedyPolicy(mdp, actionValues), greedy: greedyActions(mdp, actionValues) };
}
