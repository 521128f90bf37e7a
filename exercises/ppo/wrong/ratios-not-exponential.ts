/** The logarithm of the ratio. */
import { type Tensor, tensor } from "ascent/tensor";

export function ratios(logProbs: Tensor, oldLogProbs: readonly number[]): Tensor {
  return logProbs.sub(tensor(oldLogProbs));
}
