/** The score function of a table of logits, and returns. */

import type { Episode } from "../estimators/episodes.js";

/** Adds `factor` · ∇log π(a|s) to a gradient in logits: ∂log π(a|s)/∂θ(s, b) = 1(a = b) − π(b|s). */
export function addScore(
  gradient: Float64Array,
  { policy, actions }: { readonly policy: Float64Array; readonly actions: number },
  { state, action }: { readonly state: number; readonly action: number },
  factor: number,
): void {
  const row = state * actions;
  gradient[row + action] += factor;
  for (let b = 0; b < actions; b++) gradient[row + b] -= factor * policy[row + b];
}

/** Σₜ ∇log π(aₜ|sₜ) of an episode, in logits. It reads no probability of the world. */
export function scoreOf(
  { states, actions: taken }: Pick<Episode, "states" | "actions">,
  policy: Float64Array,
  actions: number,
): Float64Array {
  const score = new Float64Array(policy.length);
  taken.forEach((action, t) => void addScore(score, { policy, actions }, { state: states[t], action }, 1));
  return score;
}

/** R(τ) = Σ γᵗ rₜ. */
export function returnOf(rewards: readonly number[], gamma: number): number {
  return rewards.reduceRight((following, reward) => reward + gamma * following, 0);
}
