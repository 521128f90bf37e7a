/** V minus its target. */
import type { Tensor } from "ascent/tensor";

export function policyLoss(logProbs: Tensor, targets: Tensor, values: Tensor): Tensor {
  return logProbs.mul(values.detach().sub(targets)).sum().neg();
}
