/** γ discounts a step's own reward too. */
export function returnsToGo(rewards: readonly number[], gamma: number): number[] {
  let following = 0;
  return rewards.map((_, i) => (following = gamma * (rewards[rewards.length - 1 - i] + following))).reverse();
}
