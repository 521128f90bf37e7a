/** The flag of the step before. */
import type { Steps } from "../solution.js";

export function deltas(
  { rewards, terminated }: Steps,
  values: readonly number[],
  nextValues: readonly number[],
  gamma: number,
): number[] {
  return rewards.map((reward, t) => reward + (terminated[t - 1] ? 0 : gamma * nextValues[t]) - values[t]);
}
