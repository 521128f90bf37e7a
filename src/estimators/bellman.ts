/** Linear systems like Bellman's: a quantity of each state in terms of the same quantity in the next one. */

import type { Outcome } from "../envs/tabular.js";
import { endless, identityMinus, policyTransitions } from "../tabular/evaluate.js";
import { solve } from "../tabular/solve.js";
import type { Setting } from "./setting.js";

/** What the systems of this file need of a setting. */
export type Solvable = Pick<Setting, "world" | "policy" | "mdp">;

/** One number for each state, or one row of `width` numbers. */
export type Rows = Float64Array;

/** Σ ρ(s) of(s): what is expected from the start. */
export function atStart({ mdp: { start } }: Solvable, of: Rows): number {
  return start.reduce((sum, probability, s) => sum + probability * of[s], 0);
}

/** The same for rows of several numbers. */
export function rowAtStart({ mdp: { start } }: Solvable, of: Rows): Float64Array {
  const width = of.length / start.length;
  return Float64Array.from({ length: width }, (_, k) =>
    start.reduce((sum, probability, s) => sum + probability * of[s * width + k], 0),
  );
}

/** Calls `visit` with each action and outcome of a state, and their joint probability. */
export function eachOutcome(
  { world: { table }, policy, mdp }: Solvable,
  state: number,
  visit: (action: number, probability: number, outcome: Outcome) => void,
): void {
  if (mdp.terminal[state] === 1) return;
  for (let action = 0; action < table.actions; action++)
    for (const outcome of table.outcomes(state, action))
      visit(action, policy[state * table.actions + action] * outcome.probability, outcome);
}

/** Σ over actions and outcomes of a number, for each state. */
export function perState(
  setting: Solvable,
  term: (state: number, action: number, outcome: Outcome) => number,
): Float64Array {
  return Float64Array.from({ length: setting.mdp.states }, (_, s) => {
    let sum = 0;
    eachOutcome(setting, s, (action, probability, outcome) => {
      sum += probability * term(s, action, outcome);
    });
    return sum;
  });
}

/**
 * Solves M(s) = right(s) + factor · Σ P(s′|s) M(s′) for rows of `width` numbers.
 *
 * @throws ConfigError if the policy may never reach an end
 */
export function solved({ mdp, policy }: Solvable, factor: number, right: Rows, width = 1): Rows {
  const rows = solve(identityMinus(policyTransitions(mdp, policy), mdp.states, factor), right, width);
  if (rows === undefined) throw endless(factor);
  return rows;
}

/**
 * The same forwards in time: M(s′) = right(s′) + factor · Σ P(s′|s) M(s).
 *
 * @throws ConfigError if the policy may never reach an end
 */
export function solvedForward({ mdp, policy }: Solvable, factor: number, right: Rows, width = 1): Rows {
  const { states } = mdp;
  const forward = policyTransitions(mdp, policy);
  const backward = forward.map((_, i) => forward[(i % states) * states + Math.floor(i / states)]);
  const rows = solve(identityMinus(backward, states, factor), right, width);
  if (rows === undefined) throw endless(factor);
  return rows;
}
