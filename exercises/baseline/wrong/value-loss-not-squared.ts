/** Errors of opposite signs cancel. */
import { type Tensor, tensor } from "ascent/tensor";

export function valueLoss(values: Tensor, returns: readonly number[]): Tensor {
  return values.sub(tensor(returns)).mean();
}
