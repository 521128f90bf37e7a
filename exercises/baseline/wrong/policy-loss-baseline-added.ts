/** V is added to the return. */
import { type Tensor, tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, returns: readonly number[], values: Tensor): Tensor {
  return logProbs.mul(tensor(returns).add(values.detach())).sum().neg();
}
