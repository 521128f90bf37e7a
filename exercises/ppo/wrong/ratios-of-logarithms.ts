/** Logarithms divided as if they were probabilities. */
import { type Tensor, tensor } from "ascent/tensor";

export function ratios(logProbs: Tensor, oldLogProbs: readonly number[]): Tensor {
  return logProbs.div(tensor(oldLogProbs));
}
