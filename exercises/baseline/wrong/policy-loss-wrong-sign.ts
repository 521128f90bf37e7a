/** V minus the return. */
import { type Tensor, tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, returns: readonly number[], values: Tensor): Tensor {
  return logProbs
    .mul(values.detach().sub(tensor(returns)))
    .sum()
    .neg();
}
