/** The sum stops at terminal states only. */
import type { Steps } from "../solution.js";

export function gae({ terminated }: Steps, deltas: readonly number[], gamma: number, lambda: number): number[] {
  const advantages = [...deltas];
  for (let t = deltas.length - 2; t >= 0; t--) if (!terminated[t]) advantages[t] += gamma * lambda * advantages[t + 1];
  return advantages;
}
