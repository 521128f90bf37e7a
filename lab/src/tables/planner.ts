/** Dynamic programming one move at a time: sweeps over the states, and improvements of the policy. */

import type { Table } from "ascent/envs";
import {
  evaluatePolicy,
  greedyPolicy,
  type Mdp,
  mdpOf,
  type PolicyTable,
  policyIteration,
  uniformPolicy,
  valueIteration,
} from "ascent/tabular";

export type Method = "policy iteration" | "value iteration";

/** Changes below this are rounding. */
const CONVERGED = 1e-10;
/** Sweeps that stand for an exact evaluation where a policy may never end, so that with γ = 1 its value is none. */
const SWEEPS_INSTEAD = 100;

export class Planner {
  readonly mdp: Mdp;
  readonly gamma: number;
  readonly optimum: Float64Array;
  policy: PolicyTable;
  values: Float64Array;
  sweeps = 0;
  evaluations = 0;
  improvements = 0;
  /** The largest change of a value in the last sweep or evaluation. */
  change: number | undefined;
  /** No move changes anything any more. */
  done = false;
  private evaluated = false;

  constructor(table: Table, gamma: number) {
    this.mdp = mdpOf(table);
    this.gamma = gamma;
    this.optimum = bestValues(this.mdp, gamma);
    this.policy = uniformPolicy(this.mdp);
    this.values = new Float64Array(this.mdp.states);
  }

  /** Value iteration takes the best action's value, and shows the policy that does; policy iteration evaluates its policy. */
  sweep(method: Method): void {
    const rows = this.actionValues();
    const { states, actions } = this.mdp;
    const next = Float64Array.from({ length: states }, (_, s) => {
      const row = rows.subarray(s * actions, (s + 1) * actions);
      if (method === "value iteration") return row.reduce((a, b) => Math.max(a, b));
      return row.reduce((sum, value, a) => sum + this.policy[s * actions + a] * value, 0);
    });
    this.sweeps++;
    this.take(next);
    const still = (this.change ?? 0) <= CONVERGED * Math.max(1, largest(next));
    if (method === "value iteration") {
      this.policy = greedyPolicy(this.mdp, this.actionValues());
      this.done = still;
    } else this.evaluated = still;
  }

  /** Makes the policy greedy with respect to the values. */
  improve(): void {
    const before = this.policy;
    this.policy = greedyPolicy(this.mdp, this.actionValues());
    this.improvements++;
    const same = this.policy.every((probability, pair) => probability === before[pair]);
    this.done = same && this.evaluated;
    this.evaluated = same && this.evaluated;
  }

  /** One move of a run: a sweep; or in turns, the value of the policy and a better policy. */
  advance(method: Method): void {
    if (method === "value iteration") this.sweep(method);
    else if (this.evaluated) this.improve();
    else this.evaluate();
  }

  private evaluate(): void {
    const { mdp, policy, gamma } = this;
    try {
      this.take(evaluatePolicy(mdp, policy, { gamma }).values);
      this.evaluations++;
    } catch {
      for (let i = 0; i < SWEEPS_INSTEAD; i++) this.sweep("policy iteration");
    }
    this.evaluated = true;
  }

  /** What a start is worth: Σ ρ(s) V(s). */
  worth(values: Float64Array): number {
    return this.mdp.start.reduce((sum, probability, s) => sum + probability * values[s], 0);
  }

  /** The exact values of another policy; undefined if it may never end and γ is 1. */
  judge(probabilities: Float32Array): Float64Array | undefined {
    const { mdp, gamma } = this;
    const policy = Float64Array.from(probabilities);
    for (let s = 0; s < mdp.states; s++) {
      // In float32, they sum to 1 only nearly.
      const row = policy.subarray(s * mdp.actions, (s + 1) * mdp.actions);
      const total = row.reduce((sum, probability) => sum + probability, 0);
      for (let a = 0; a < row.length; a++) row[a] /= total;
    }
    try {
      return evaluatePolicy(mdp, policy, { gamma }).values;
    } catch {
      return undefined;
    }
  }

  private take(next: Float64Array): void {
    this.change = next.reduce((most, value, s) => Math.max(most, Math.abs(value - this.values[s])), 0);
    this.values = next;
  }

  /** Q(s, a) = R(s, a) + γ Σ P(s′|s, a) V(s′). */
  private actionValues(): Float64Array {
    const { states, actions, transitions, rewards } = this.mdp;
    return Float64Array.from({ length: states * actions }, (_, pair) => {
      let expected = 0;
      for (let next = 0; next < states; next++) expected += transitions[pair * states + next] * this.values[next];
      return rewards[pair] + this.gamma * expected;
    });
  }
}

/** Value iteration where policy iteration is undefined: from some cell no way leads to an end. */
function bestValues(mdp: Mdp, gamma: number): Float64Array {
  try {
    return policyIteration(mdp, { gamma }).values;
  } catch {
    return valueIteration(mdp, { gamma, maxSweeps: 10_000 }).values;
  }
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
