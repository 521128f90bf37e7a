/**
 * RLOO: REINFORCE with a leave-one-out baseline (Kool et al. 2019; Ahmadian et al. 2024, arXiv:2402.14740), for k responses to
 * each prompt.
 *
 *   Rᵢ = rᵢ − β Σₜ k(uₜ)      Aᵢ = Rᵢ − mean of the other k − 1      L = −(1/B) Σᵢ Aᵢ Σₜ ln π(yₜ)      u = ln (π(yₜ) / ref(yₜ))
 *
 * With k1, k(u) = u, the divergence from the reference stands in the reward, so the gradient is that of E[r] − β KL(π ‖ ref), whose
 * optimum is known: π* ∝ ref · e^(r/β). There is no critic, and no ratio to clip: each update takes one step, with the policy that
 * drew.
 *
 * Choices that change results; `trainers.test.ts` pins each by its number:
 *   1. A token's log-probabilities are added up over a response, not averaged: a long response has a long gradient.
 *   2. A response that was cut is worth what its reward says of it; nothing is added for what might have followed.
 *   3. Adam's ε is 1e-8.
 *   4. In place of the reward the estimate may stand in the loss, as + β/B Σ k(uₜ), whose gradient reaches the token itself and not
 *      those before it. Where that leads is another question: see `kl.ts`.
 */

import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { mul, sum, tensor, weightedSum } from "../../tensor/index.js";
import { klTerms } from "../kl-loss.js";
import { bySequence, klByToken, type Rollouts, toTokens } from "../rollouts.js";
import { rateOf } from "./learning-rate.js";
import { leaveOneOut } from "./leave-one-out.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  samplesPerPrompt: shared.samplesPerPrompt(4, 2),
  beta: shared.beta(0.1),
  kl: shared.kl("k1"),
  klPlace: shared.klPlace("reward"),
  ...shared.rateOptions(3e-4),
  maxGradNorm: shared.maxGradNorm(1),
};

/** REINFORCE with a leave-one-out baseline. */
export const rloo = trainerOn<Rollouts>()({
  name: "rloo",
  summary: "REINFORCE whose baseline is the mean of the other responses to the same prompt",
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
        const { rows, scores, samplesPerPrompt, temperature } = rollouts;
        const { kl, klPlace } = options;
        const cost = bySequence(rows, klByToken(rollouts, kl));
        const R = scores.map((r, i) => (klPlace === "reward" ? r - beta * cost[i] : r));
        const A = leaveOneOut(R, samplesPerPrompt);

        optimizer.learningRate = rate(progress);
        const { logProbs, entropies } = policy.forward(rows, temperature);
        const gain = sum(mul(logProbs, tensor(toTokens(rows, A)))).div(rows.rows);
        const drift = klPlace === "loss" ? sum(klTerms(kl, logProbs, rollouts.referenceLogProbs)) : undefined;
        const loss = drift === undefined ? gain.neg() : weightedSum([-1, gain], [beta / rows.rows, drift]);
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
