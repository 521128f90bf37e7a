/** The gradient of V after a step is left in. */
import { type Tensor, tensor } from "ascent/tensor";
import type { Steps } from "../solution.js";

export function targets({ rewards, terminated }: Steps, nextValues: Tensor, gamma: number): Tensor {
  const goesOn = tensor(terminated.map((end) => (end ? 0 : 1)));
  return nextValues.mul(goesOn).mul(gamma).add(tensor(rewards));
}
