/** The old policy above, the new one below. */
import { type Tensor, tensor } from "ascent/tensor";

export function ratios(logProbs: Tensor, oldLogProbs: readonly number[]): Tensor {
  return tensor(oldLogProbs).sub(logProbs).exp();
}
