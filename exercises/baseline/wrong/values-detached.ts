/** Plain numbers made into a new tensor: nothing leads back to the critic. */
import type { Mlp } from "ascent/nn";
import { type Tensor, tensor } from "ascent/tensor";

export function values(critic: Mlp, observations: readonly Float32Array[]): Tensor {
  return tensor(observations.map((observation) => critic.forward(observation).item()));
}
