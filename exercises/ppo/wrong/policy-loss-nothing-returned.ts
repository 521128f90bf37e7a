/** Without `return`. */
import { minimum, type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): void {
  const A = tensor(advantages);
  minimum(ratios.mul(A), ratios.clamp(1 - clip, 1 + clip).mul(A))
    .mean()
    .neg();
}
