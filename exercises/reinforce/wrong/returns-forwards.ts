/** The past is added up instead of the future. */
export function returnsToGo(rewards: readonly number[], gamma: number): number[] {
  let total = 0;
  return rewards.map((reward) => (total = reward + gamma * total));
}
