/** The mean over the steps in place of their sum. */
import { type Tensor, tensor } from "ascent/tensor";

export function loss(logProbs: Tensor, advantages: readonly number[]): Tensor {
  return logProbs.mul(tensor(advantages)).mean().neg();
}
