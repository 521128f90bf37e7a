/** The flags of the step before. */
import type { Steps } from "../solution.js";

export function gae(steps: Steps, deltas: readonly number[], gamma: number, lambda: number): number[] {
  const advantages = [...deltas];
  for (let t = deltas.length - 2; t >= 0; t--)
    if (!steps.terminated[t - 1] && !steps.truncated[t - 1]) advantages[t] += gamma * lambda * advantages[t + 1];
  return advantages;
}
