/** The sum over the steps. */
import { minimum, type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  const A = tensor(advantages);
  return minimum(ratios.mul(A), ratios.clamp(1 - clip, 1 + clip).mul(A))
    .sum()
    .neg();
}
