/** One row a step, as the critic puts it out. */
import type { Mlp } from "ascent/nn";
import { stack, type Tensor, tensor } from "ascent/tensor";

export function values(critic: Mlp, observations: readonly Float32Array[]): Tensor {
  return critic.forward(stack(observations.map((observation) => tensor(observation))));
}
