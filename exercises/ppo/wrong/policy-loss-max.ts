/** The larger of both products. */
import { maximum, type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  const A = tensor(advantages);
  return maximum(ratios.mul(A), ratios.clamp(1 - clip, 1 + clip).mul(A))
    .mean()
    .neg();
}
