/** The list of advantages is multiplied as if it were a tensor. */
import { minimum, type Tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  const A = advantages as unknown as Tensor;
  return minimum(A.mul(ratios), A.mul(ratios.clamp(1 - clip, 1 + clip)))
    .mean()
    .neg();
}
