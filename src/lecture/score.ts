/** The score function of a table of logits, and returns. */

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

/** R(τ) = Σ γᵗ rₜ. */
export function returnOf(rewards: readonly number[], gamma: number): number {
  return rewards.reduceRight((following, reward) => reward + gamma * following, 0);
}
