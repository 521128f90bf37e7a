/** What should rise, handed to an optimiser that makes it fall. */
import { type Tensor, tensor } from "ascent/tensor";

export function loss(logProbs: Tensor, advantages: readonly number[]): Tensor {
  return logProbs.mul(tensor(advantages)).sum();
}
