/** The target alone, without V. */
import type { Tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, targets: Tensor): Tensor {
  return logProbs.mul(targets).sum().neg();
}
