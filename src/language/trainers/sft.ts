/**
 * Supervised fine-tuning: next-token prediction on the responses of given texts.
 *
 *   L = −(1/n) Σ ln π(yₜ | prompt, y₁ … yₜ₋₁)   over the n response tokens of the batch
 *
 * Prompts are read but not learned; the end is learned, as it is a token of the response. What fills texts up counts nowhere.
 *
 * Choices that change results; `supervised.test.ts` pins each by its number:
 *   1. The mean is over tokens, not over texts.
 *   2. In parts of `partSize` texts the gradients add up to that of the whole batch, so that a batch needs no more memory than a part.
 *   3. Matrices decay (AdamW, `weightDecay`), biases and the gains of norms don't.
 *   4. The learning rate rises over the first share of the run, and falls to a tenth at its end.
 */

import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { int, real } from "../../options.js";
import { sum } from "../../tensor/index.js";
import { type Sequence, tokenRows } from "../sequences.js";
import { rateOf } from "./learning-rate.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

/** Texts to learn from, and the ids that end them and fill them up. */
export interface Texts {
  readonly sequences: readonly Sequence[];
  readonly special: { readonly end: number; readonly pad: number };
}

const options = {
  partSize: int(1_000_000, { min: 1, help: "texts that are computed at once" }),
  weightDecay: real(0, { min: 0, help: "share of a matrix that decays in a step, in units of the learning rate" }),
  ...shared.rateOptions(1e-3, { final: 0.1, warmup: 0.02 }),
  maxGradNorm: shared.maxGradNorm(1),
};

/** Next-token prediction. */
export const sft = trainerOn<Texts>()({
  name: "sft",
  summary: "next-token prediction on the responses of given texts",
  options,

  create({ policy, options, updates }) {
    const parameters = policy.parameters();
    const rate = rateOf(options, updates);
    const { weightDecay, partSize, maxGradNorm } = options;
    const optimizer = adam(parameters, { learningRate: rate(0), weightDecay, decays: ({ shape }) => shape.length > 1 });
    return {
      weights: parameters,
      optimizers: [optimizer],
      update({ sequences, special }, progress) {
        const n = sequences.reduce((count, { response }) => count + response.length, 0);
        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        let total = 0;
        let entropy = 0;
        for (let first = 0; first < sequences.length; first += partSize) {
          const { logProbs, entropies } = policy.forward(tokenRows(sequences.slice(first, first + partSize), special));
          entropy += sum(entropies.detach()).item() / n;
          const loss = sum(logProbs).div(-n);
          loss.backward();
          total += loss.item();
        }
        const gradientNorm = limitGradient(parameters, maxGradNorm);
        optimizer.step(gradientNorm);
        return { loss: total, entropy, gradientNorm, learningRate: optimizer.learningRate };
      },
    };
  },
});
