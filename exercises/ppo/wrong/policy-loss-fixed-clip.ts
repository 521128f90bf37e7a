/** The usual ε, whatever is passed in. */
import { minimum, type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[]): Tensor {
  const A = tensor(advantages);
  return minimum(ratios.mul(A), ratios.clamp(0.8, 1.2).mul(A)).mean().neg();
}
