/** The sum never stops. */
import type { Steps } from "../solution.js";

export function gae(_: Steps, deltas: readonly number[], gamma: number, lambda: number): number[] {
  const advantages = [...deltas];
  for (let t = deltas.length - 2; t >= 0; t--) advantages[t] += gamma * lambda * advantages[t + 1];
  return advantages;
}
