/** The flag of the step before. */
import { type Tensor, tensor } from "ascent/tensor";
import type { Steps } from "../solution.js";

export function targets({ rewards, terminated }: Steps, nextValues: Tensor, gamma: number): Tensor {
  const goesOn = tensor(terminated.map((_, t) => (terminated[t - 1] ? 0 : 1)));
  return nextValues.detach().mul(goesOn).mul(gamma).add(tensor(rewards));
}
