/** The gradient of the policy's loss flows into V. */
import { type Tensor, tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, returns: readonly number[], values: Tensor): Tensor {
  return logProbs.mul(tensor(returns).sub(values)).sum().neg();
}
