/** A column of log-probabilities beside a row of advantages: every pair is multiplied. */
import { type Tensor, tensor } from "ascent/tensor";

export function loss(logProbs: Tensor, advantages: readonly number[]): Tensor {
  const column = logProbs.reshape([advantages.length, 1]);
  return column.mul(tensor(advantages)).sum().neg();
}
