/** Discounted by the recursion, and once more by γᵗ. */
export function returnsToGo(rewards: readonly number[], gamma: number): number[] {
  let following = 0;
  const returns = rewards.map((_, i) => (following = rewards[rewards.length - 1 - i] + gamma * following)).reverse();
  return returns.map((value, t) => gamma ** t * value);
}
