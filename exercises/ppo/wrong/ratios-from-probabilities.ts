/** Both probabilities are computed, and then divided. */
import { type Tensor, tensor } from "ascent/tensor";

export function ratios(logProbs: Tensor, oldLogProbs: readonly number[]): Tensor {
  return logProbs.exp().div(tensor(oldLogProbs).exp());
}
