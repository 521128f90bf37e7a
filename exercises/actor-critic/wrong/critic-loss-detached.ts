/** V is detached in its own loss. */
import type { Tensor } from "ascent/tensor";

export function criticLoss(values: Tensor, targets: Tensor): Tensor {
  return values.detach().sub(targets).square().mean();
}
