/**
 * The exact value of a policy: V solves the Bellman equation
 *
 *   V(s) = Σₐ π(a|s) Q(s, a)        Q(s, a) = R(s, a) + γ Σₛ′ P(s′|s, a) V(s′)
 *
 * which for a fixed policy is a system of linear equations: (I − γ P_π) V = R_π.
 */

import { ConfigError } from "../errors.js";
import { checkGamma, type Mdp, type PolicyTable } from "./mdp.js";
import { checkPolicy } from "./policies.js";
import { solve } from "./solve.js";

/** V and Q of a policy. */
export interface PolicyValues {
  /** V(s): S numbers. */
  readonly values: Float64Array;
  /** Q(s, a) at s·A + a. */
  readonly actionValues: Float64Array;
}

/**
 * V and Q by solving the linear system.
 *
 * @throws ConfigError if γ is not from 0 to 1, or is 1 while the policy does not reach a terminal state from everywhere
 */
export function evaluatePolicy(mdp: Mdp, policy: PolicyTable, { gamma }: { gamma: number }): PolicyValues {
  checkGamma(gamma);
  checkPolicy(mdp, policy);
  const { states, rewards } = mdp;
  const expected = meansUnder(policy, rewards, states);
  const values = solve(identityMinus(policyTransitions(mdp, policy), states, gamma), expected);
  if (values === undefined) throw endless(gamma);
  return { values, actionValues: backUp(mdp, values, gamma) };
}

/**
 * V and Q by repeated backups from V = 0, and the number of sweeps. It stops once V is within `tolerance` of its limit
 * (for γ = 1, once no value changes by more).
 *
 * @throws ConfigError if that takes more than `maxSweeps` sweeps
 */
export function evaluatePolicyBySweeps(
  mdp: Mdp,
  policy: PolicyTable,
  { gamma, tolerance = 1e-10, maxSweeps = 1_000_000 }: { gamma: number; tolerance?: number; maxSweeps?: number },
): PolicyValues & { readonly sweeps: number } {
  checkPolicy(mdp, policy);
  const { actions } = mdp;
  return sweep(mdp, { gamma, tolerance, maxSweeps }, (row, s) => {
    let sum = 0;
    for (let a = 0; a < actions; a++) sum += policy[s * actions + a] * row[a];
    return sum;
  });
}

/** Sweeps over all states: V(s) ← choose(Q(s, ·), s). The last change bounds the distance to the limit. */
export function sweep(
  mdp: Mdp,
  { gamma, tolerance, maxSweeps }: { gamma: number; tolerance: number; maxSweeps: number },
  choose: (actionValues: Float64Array, state: number) => number,
): PolicyValues & { readonly sweeps: number } {
  checkGamma(gamma);
  if (!(tolerance > 0)) throw new ConfigError({ field: "tolerance", given: tolerance, allowed: "a number above 0" });
  const { states, actions } = mdp;
  const enough = gamma < 1 ? (tolerance * (1 - gamma)) / Math.max(gamma, 0.5) : tolerance;
  let values = new Float64Array(states);
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps++) {
    const actionValues = backUp(mdp, values, gamma);
    const next = Float64Array.from({ length: states }, (_, s) =>
      choose(actionValues.subarray(s * actions, (s + 1) * actions), s),
    );
    const change = next.reduce((most, value, s) => Math.max(most, Math.abs(value - values[s])), 0);
    values = next;
    // Changes smaller than float64's spacing at this magnitude are rounding.
    const spacing = 2 ** -50 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (change <= Math.max(enough, spacing)) return { values, actionValues: backUp(mdp, values, gamma), sweeps };
  }
  throw new ConfigError({
    field: "maxSweeps",
    given: maxSweeps,
    allowed: "enough sweeps to converge; with gamma 1 some worlds never do",
  });
}

/** Q(s, a) = R(s, a) + γ Σ P(s′|s, a) V(s′). */
function backUp({ states, actions, transitions, rewards }: Mdp, values: Float64Array, gamma: number): Float64Array {
  return Float64Array.from({ length: states * actions }, (_, pair) => {
    let expected = 0;
    for (let next = 0; next < states; next++) expected += transitions[pair * states + next] * values[next];
    return rewards[pair] + gamma * expected;
  });
}

/** Σ π(a|s) x(s, a) for each state. */
export function meansUnder(policy: PolicyTable, of: Float64Array, states: number): Float64Array {
  const actions = of.length / states;
  return Float64Array.from({ length: states }, (_, s) => {
    let mean = 0;
    for (let pair = s * actions; pair < (s + 1) * actions; pair++) mean += policy[pair] * of[pair];
    return mean;
  });
}

/** P_π(s′|s) = Σₐ π(a|s) P(s′|s, a) at s·S + s′. */
export function policyTransitions({ states, actions, transitions }: Mdp, policy: PolicyTable): Float64Array {
  const joint = new Float64Array(states * states);
  for (let s = 0; s < states; s++) {
    for (let a = 0; a < actions; a++) {
      const pair = s * actions + a;
      for (let next = 0; next < states; next++)
        joint[s * states + next] += policy[pair] * transitions[pair * states + next];
    }
  }
  return joint;
}

/** I − γ M. */
export function identityMinus(matrix: Float64Array, n: number, gamma: number): Float64Array {
  return matrix.map((value, i) => (i % (n + 1) === 0 ? 1 : 0) - gamma * value);
}

export function endless(gamma: number): ConfigError {
  return new ConfigError({ field: "gamma", given: gamma, allowed: "below 1 if the policy may never reach an end" });
}
