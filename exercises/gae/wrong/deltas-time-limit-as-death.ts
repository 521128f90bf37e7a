/** One flag for both ends. */
import type { Steps } from "../solution.js";

export function deltas(
  { rewards, terminated, truncated }: Steps,
  values: readonly number[],
  nextValues: readonly number[],
  gamma: number,
): number[] {
  return rewards.map((r, t) => r + (terminated[t] || truncated[t] ? 0 : gamma * nextValues[t]) - values[t]);
}
