/** One flag for both ends. */
import { type Tensor, tensor } from "ascent/tensor";
import type { Steps } from "../solution.js";

export function targets({ rewards, terminated, truncated }: Steps, nextValues: Tensor, gamma: number): Tensor {
  const goesOn = tensor(terminated.map((end, t) => (end || truncated[t] ? 0 : 1)));
  return nextValues.detach().mul(goesOn).mul(gamma).add(tensor(rewards));
}
