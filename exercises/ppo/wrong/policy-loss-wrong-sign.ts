/** The objective as papers write it, handed to an optimiser that makes it fall. */
import { minimum, type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  const A = tensor(advantages);
  return minimum(ratios.mul(A), ratios.clamp(1 - clip, 1 + clip).mul(A)).mean();
}
