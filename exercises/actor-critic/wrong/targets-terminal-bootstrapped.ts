/** V of the state after every step, also of a terminal one. */
import { type Tensor, tensor } from "ascent/tensor";
import type { Steps } from "../solution.js";

export function targets({ rewards }: Steps, nextValues: Tensor, gamma: number): Tensor {
  return nextValues.detach().mul(gamma).add(tensor(rewards));
}
