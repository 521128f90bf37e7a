/**
 * The best policy of a known world, by the two classic ways of dynamic programming.
 *
 * Policy iteration (Howard, 1960): evaluate the policy exactly, make it greedy, until it stays as it is.
 * Value iteration (Bellman, 1957): V(s) ← maxₐ R(s, a) + γ Σ P(s′|s, a) V(s′), until V stays as it is.
 */

import { ConfigError } from "../errors.js";
import { evaluatePolicy, sweep, type Values } from "./evaluate.js";
import type { Mdp, PolicyTable } from "./mdp.js";
import { deterministicPolicy, greedyActions, uniformPolicy } from "./policies.js";

/** An optimal policy and what it is worth. */
export interface Plan extends Values {
  /** A best action for each state. */
  readonly greedy: Int32Array;
  readonly policy: PolicyTable;
}

/**
 * V*, Q* and a best policy, from the uniform one. `iterations` counts evaluations. With γ = 1 every state must have a way to
 * an end, and going round in circles must cost.
 */
export function policyIteration(mdp: Mdp, { gamma }: { gamma: number }): Plan & { readonly iterations: number } {
  let current = evaluatePolicy(mdp, uniformPolicy(mdp), { gamma });
  let greedy = greedyActions(mdp, current.actionValues);
  // There are finitely many policies and each is better than the one before; rounding is kept out by `isBetter`.
  for (let iterations = 2; iterations <= 2 + mdp.states * mdp.actions; iterations++) {
    const policy = deterministicPolicy(mdp, greedy);
    current = evaluatePolicy(mdp, policy, { gamma });
    const improved = greedyActions(mdp, current.actionValues);
    const changed = improved.filter((action, s) => isBetter(mdp, current.actionValues, s, action, greedy[s]));
    if (changed.length === 0) return { ...current, greedy, policy, iterations };
    greedy = greedy.map((action, s) =>
      isBetter(mdp, current.actionValues, s, improved[s], action) ? improved[s] : action,
    );
  }
  throw new ConfigError({ field: "gamma", given: gamma, allowed: "one for which policy iteration settles" });
}

function isBetter({ actions }: Mdp, actionValues: Float64Array, state: number, a: number, b: number): boolean {
  const [better, worse] = [actionValues[state * actions + a], actionValues[state * actions + b]];
  return better > worse + 1e-10 * Math.max(1, Math.abs(better));
}

/**
 * V*, Q* and a best policy (of several best actions the first), to within `tolerance`; more than `maxSweeps` sweeps are an
 * error. With γ = 1 the first of several best actions may be one that leads round in circles: see `policyIteration`.
 */
export function valueIteration(
  mdp: Mdp,
  { gamma, tolerance = 1e-10, maxSweeps = 1_000_000 }: { gamma: number; tolerance?: number; maxSweeps?: number },
): Plan & { readonly sweeps: number } {
  const found = sweep(mdp, { gamma, tolerance, maxSweeps }, (row) => Math.max(...row));
  const greedy = greedyActions(mdp, found.actionValues);
  return { ...found, greedy, policy: deterministicPolicy(mdp, greedy) };
}
