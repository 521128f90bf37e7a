/** The gradient of the policy's loss flows into V. */
import type { Tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, targets: Tensor, values: Tensor): Tensor {
  return logProbs.mul(targets.sub(values)).sum().neg();
}
