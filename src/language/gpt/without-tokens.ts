import { type Tensor, tensor } from "../../tensor/index.js";

/** Far below any logit, so that its share of a distribution is 0 in float32; finite, so that 0 times it is 0. */
const NEVER = -1e9;

/** What is added to logits, [V], so that these tokens have the probability 0. Other tokens keep the bits of theirs. */
export function withoutTokens(vocabulary: number, never: readonly number[]): Tensor | undefined {
  if (never.length === 0) return undefined;
  const bias = new Float32Array(vocabulary);
  for (const id of never) bias[id] = NEVER;
  return tensor(bias);
}
