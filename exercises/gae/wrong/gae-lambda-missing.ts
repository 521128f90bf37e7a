/** γ alone, for γλ. */
import { gae as right, type Steps } from "../solution.js";

export function gae(steps: Steps, deltas: readonly number[], gamma: number): number[] {
  return right(steps, deltas, gamma, 1);
}
