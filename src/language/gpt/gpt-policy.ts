import { indices, reshape, slice, type Tensor } from "../../tensor/index.js";
import { tokenLogProbs } from "../../tensor/language/index.js";
import type { TokenPolicy } from "../policy.js";
import { sampleResponses } from "../sampling.js";
import type { Gpt } from "./gpt.js";
import { withoutTokens } from "./without-tokens.js";

/**
 * A GPT as a policy. Its states are those of `gpt.states`, of the tokens before. Tokens in `never`, such as the one that fills texts
 * up, have the probability 0, where they are drawn and where they are scored.
 */
export function gptPolicy(model: Gpt, { never = [] }: { readonly never?: readonly number[] } = {}): TokenPolicy {
  const bias = withoutTokens(model.config.vocabulary, never);
  return {
    parameters: () => model.parameters(),
    forward({ ids, length, before, targets }, temperature = 1) {
      const states = model.states(ids, length, before);
      const both = tokenLogProbs(states, model.tokens, indices(targets), { temperature, bias });
      const row = (which: number): Tensor => reshape(slice(both, which, which + 1), [targets.length]);
      return { logProbs: row(0), entropies: row(1), states };
    },
    sample: (prompts, options, rng) => sampleResponses(model, prompts, { ...options, never }, rng),
  };
}
