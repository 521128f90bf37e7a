/**
 * REINFORCE on tokens (Williams 1992), with the mean of the batch as its baseline.
 *
 *   Rᵢ = rᵢ − β Σₜ ln (π(yₜ) / ref(yₜ))      Aᵢ = Rᵢ − b      L = −(1/B) Σᵢ Aᵢ Σₜ ln π(yₜ)
 *
 * It is `rloo` without groups: one response to each prompt will do.
 *
 * Choices that change results; `trainers.test.ts` pins each by its number:
 *   1. b is the mean of the other responses of the batch, so that no response is its own baseline and the gradient stays unbiased;
 *      or 0.
 *   2. A token's log-probabilities are added up over a response, not averaged.
 */

import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { choice } from "../../options.js";
import { mul, sum, tensor } from "../../tensor/index.js";
import { bySequence, klByToken, type Rollouts, toTokens } from "../rollouts.js";
import { rateOf } from "./learning-rate.js";
import { leaveOneOut } from "./leave-one-out.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  samplesPerPrompt: shared.samplesPerPrompt(1, 1),
  beta: shared.beta(0.1),
  baseline: choice("mean", { choices: ["mean", "none"], help: "the mean of the other responses of the batch, or 0" }),
  ...shared.rateOptions(3e-4),
  maxGradNorm: shared.maxGradNorm(1),
};

/** REINFORCE on tokens. */
export const reinforce = trainerOn<Rollouts>()({
  name: "reinforce",
  summary: "REINFORCE on tokens, with the mean of the batch as its baseline",
  options,

  create({ policy, options, updates }) {
    const parameters = policy.parameters();
    const rate = rateOf(options, updates);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    let { beta } = options;
    return {
      weights: parameters,
      optimizers: [optimizer],
      get beta() {
        return beta;
      },
      set beta(value) {
        beta = value;
      },
      update(rollouts, progress) {
        const { rows, scores, temperature } = rollouts;
        const kl = bySequence(rows, klByToken(rollouts, "k1"));
        const R = scores.map((r, i) => r - beta * kl[i]);
        const A = options.baseline === "mean" && R.length > 1 ? leaveOneOut(R, R.length) : R;

        optimizer.learningRate = rate(progress);
        const { logProbs, entropies } = policy.forward(rows, temperature);
        const loss = sum(mul(logProbs, tensor(toTokens(rows, A)))).div(-rows.rows);
        const entropy = entropies.detach().mean().item();
        optimizer.zeroGrad();
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step(gradientNorm);
        return { loss: loss.item(), entropy, gradientNorm, learningRate: optimizer.learningRate, beta };
      },
    };
  },
});
