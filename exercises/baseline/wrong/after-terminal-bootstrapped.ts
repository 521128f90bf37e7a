/** V of the last observation, however the episode ended. */
import type { Mlp } from "ascent/nn";
import type { Episode } from "../solution.js";

export function valueAfter(critic: Mlp, { last }: Episode): number {
  return critic.forward(last).item();
}
