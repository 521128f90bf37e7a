import { choice, int, optional, real } from "../options.js";

/** How a language model writes: the options of `ascent generate` and `ascent chat`. */
export const writingOptions = {
  temperature: real(1, {
    min: 0.01,
    max: 100,
    help: "what logits are divided by; small ones take the most probable tokens",
  }),
  topK: optional(int(1, { min: 1, max: 1_000_000, help: "draw among the k most probable tokens; 1 draws nothing" })),
  policy: choice("model", { choices: ["model", "reference"], help: "the trained model, or what it was before tuning" }),
};
