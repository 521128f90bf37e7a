/** Minus the squared errors. */
import { type Tensor, tensor } from "ascent/tensor";

export function valueLoss(values: Tensor, returns: readonly number[]): Tensor {
  return values.sub(tensor(returns)).square().mean().neg();
}
