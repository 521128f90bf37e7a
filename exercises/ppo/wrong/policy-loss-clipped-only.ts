/** Only the clipped product. */
import { type Tensor, tensor } from "ascent/tensor";

export function policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor {
  return ratios
    .clamp(1 - clip, 1 + clip)
    .mul(tensor(advantages))
    .mean()
    .neg();
}
