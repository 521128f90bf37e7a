import { indices, reshape, slice, type Tensor } from "../../tensor/index.js";
import { tokenLogProbs } from "../../tensor/language/index.js";
import type { TokenPolicy } from "../policy.js";
import { sampleResponses } from "../sampling.js";
import type { Gpt } from "./gpt.js";

/** A GPT as a policy. Its states are those of `gpt.states`, of the tokens before. */
export function gptPolicy(model: Gpt): TokenPolicy {
  return {
    parameters: () => model.parameters(),
    forward({ ids, length, before, targets }, temperature = 1) {
      const states = model.states(ids, length, before);
      const both = tokenLogProbs(states, model.tokens, indices(targets), { temperature });
      const row = (which: number): Tensor => reshape(slice(both, which, which + 1), [targets.length]);
      return { logProbs: row(0), entropies: row(1), states };
    },
    sample: (prompts, options, rng) => sampleResponses(model, prompts, options, rng),
  };
}
