/** The ratio as it is. */
import { type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[]): Tensor {
  return ratios.mul(tensor(advantages)).mean().neg();
}
