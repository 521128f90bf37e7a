/** λ alone, for γλ. */
import { gae as right, type Steps } from "../solution.js";

export function gae(steps: Steps, deltas: readonly number[], _gamma: number, lambda: number): number[] {
  return right(steps, deltas, 1, lambda);
}
