/** Every step is credited with the whole episode. */
export function returnsToGo(rewards: readonly number[], gamma: number): number[] {
  const total = rewards.reduceRight((following, reward) => reward + gamma * following, 0);
  return rewards.map(() => total);
}
