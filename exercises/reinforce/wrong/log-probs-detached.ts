/** Plain numbers made into a new tensor: nothing leads back to the policy. */
import { categorical } from "ascent/distributions";
import type { Mlp } from "ascent/nn";
import { type Tensor, tensor } from "ascent/tensor";
import type { Episode } from "../solution.js";

export function logProbs(policy: Mlp, { observations, actions }: Episode): Tensor {
  const numbers = observations.map((one, t) => categorical(policy.forward(one)).logProb(actions[t]).item());
  return tensor(numbers);
}
