/** What chooses tokens: a GPT, a table, or a model of one's own. */

import type { Generator } from "../random/index.js";
import type { Tensor } from "../tensor/index.js";
import type { Drawn, SamplingOptions } from "./sampling.js";
import type { TokenRows } from "./sequences.js";

/** What a policy says of the response tokens of some sequences, with gradients. */
export interface TokenPass {
  /** ln π of each response token, [n], in nats. */
  readonly logProbs: Tensor;
  /** The entropy of the distribution that it is drawn from, [n]. */
  readonly entropies: Tensor;
  /** What the policy knew before each of them, [n, width]: a critic may read values from it. */
  readonly states: Tensor;
}

/** A policy over tokens. */
export interface TokenPolicy {
  /** All learned tensors, with distinct names. */
  parameters(): Tensor[];
  /** The response tokens of these sequences. `temperature` is that of the draw. */
  forward(rows: TokenRows, temperature?: number): TokenPass;
  /** A response to each prompt, with the log-probabilities that `forward` has for them at the same temperature. */
  sample(prompts: readonly (readonly number[])[], options: SamplingOptions, rng: Generator): Drawn[];
}
