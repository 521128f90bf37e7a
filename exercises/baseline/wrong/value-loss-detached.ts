/** V is detached in its own loss. */
import { type Tensor, tensor } from "ascent/tensor";

export function valueLoss(values: Tensor, returns: readonly number[]): Tensor {
  return values.detach().sub(tensor(returns)).square().mean();
}
