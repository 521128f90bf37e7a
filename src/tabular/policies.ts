import { ConfigError } from "../errors.js";
import { exp } from "../kernels/maths.js";
import type { Mdp, PolicyTable } from "./mdp.js";

/** Every action with equal probability. */
export function uniformPolicy({ states, actions }: Mdp): PolicyTable {
  return new Float64Array(states * actions).fill(1 / actions);
}

/** π(a | s) = exp(θ(s, a)) / Σ exp(θ(s, ·)) from S · A logits. */
export function softmaxPolicy({ states, actions }: Mdp, logits: ArrayLike<number>): PolicyTable {
  checkTable({ states, actions }, logits, "logits");
  const policy = new Float64Array(states * actions);
  for (let s = 0; s < states; s++) {
    policy.set(softmax(Array.from({ length: actions }, (_, a) => logits[s * actions + a])), s * actions);
  }
  return policy;
}

/** The softmax of the logits. The largest logit is subtracted first to prevent overflow. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const largest = Array.from(logits).reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Float64Array.from(logits, (logit) => exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Values closer than this, relative to the larger, count as equal, so that rounding does not decide between actions.
 */
const TIE = 1e-10;

/** The best action of each state; the first, if several tie. */
export function greedyActions(mdp: Mdp, actionValues: Float64Array): Int32Array {
  return Int32Array.from({ length: mdp.states }, (_, s) => bestOf(mdp, actionValues, s)[0]);
}

/** The policy that is uniform over the best actions of each state. */
export function greedyPolicy(mdp: Mdp, actionValues: Float64Array): PolicyTable {
  const policy = new Float64Array(mdp.states * mdp.actions);
  for (let s = 0; s < mdp.states; s++) {
    const best = bestOf(mdp, actionValues, s);
    for (const action of best) policy[s * mdp.actions + action] = 1 / best.length;
  }
  return policy;
}

function bestOf({ actions }: Mdp, actionValues: Float64Array, s: number): number[] {
  const row = Array.from(actionValues.subarray(s * actions, (s + 1) * actions));
  const best = row.reduce((a, b) => Math.max(a, b));
  const isBest = (value: number): boolean => value >= best - TIE * Math.max(1, Math.abs(best));
  return row.flatMap((value, action) => (isBest(value) ? [action] : []));
}

/** @throws ConfigError unless the table has S rows of A probabilities */
export function checkPolicy(mdp: Mdp, policy: PolicyTable): void {
  checkTable(mdp, policy, "policy");
  for (let s = 0; s < mdp.states; s++) {
    const row = policy.subarray(s * mdp.actions, (s + 1) * mdp.actions);
    const total = row.reduce((sum, probability) => sum + probability, 0);
    if (!row.every((probability) => probability >= 0) || !(Math.abs(total - 1) < 1e-9))
      throw new ConfigError({
        field: `policy, state ${s}`,
        given: Array.from(row),
        allowed: "probabilities that sum to 1",
      });
  }
}

function checkTable(
  { states, actions }: Pick<Mdp, "states" | "actions">,
  table: ArrayLike<number>,
  field: string,
): void {
  if (table.length !== states * actions || !Array.from(table).every(Number.isFinite))
    throw new ConfigError({ field, given: table, allowed: `${states} rows of ${actions} finite numbers` });
}
