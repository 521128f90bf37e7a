/** V of the state after every step, also of a terminal one. */
import type { Steps } from "../solution.js";

export function deltas(
  { rewards }: Steps,
  values: readonly number[],
  nextValues: readonly number[],
  gamma: number,
): number[] {
  return rewards.map((reward, t) => reward + gamma * nextValues[t] - values[t]);
}
