/**
 * GRPO: group relative policy optimisation (Shao et al. 2024, arXiv:2402.03300), for G responses to each prompt.
 *
 *   Aᵢ = (rᵢ − mean) / (std + 1e-4)  over the group      ρ = π(yₜ)/π_old(yₜ)
 *   L = −E[min(ρ Aᵢ, clip(ρ, 1 − ε, 1 + ε) Aᵢ)] + β E[k(ln π(yₜ) − ln ref(yₜ))]
 *
 * There is no critic: the group is the baseline. Where all rewards of a group are equal, it teaches nothing; the share of such
 * groups is reported. With k3 the second term pulls towards the optimum of the other divergence, KL(ref ‖ π) (see `kl.ts`), and
 * to divide by the deviation makes β count in units of it.
 *
 * Choices that change results; `trainers.test.ts` pins each by its number:
 *   1. What E is. "sequence" averages over the tokens of a response and then over responses, so a token of a long response weighs
 *      less (GRPO). "token" averages over all tokens (DAPO, arXiv:2503.14476). "constant" divides the sum over all tokens by the
 *      number of responses and by the most tokens that one may have: the weight does not depend on lengths (Dr. GRPO, arXiv:2503.20783).
 *   2. Rewards are divided by their deviation over the group, over the batch, or not (Dr. GRPO), with n − 1 in the denominator.
 *   3. Responses that were cut can be left out of the loss (DAPO). The mean of a group has them all the same.
 *   4. The upper bound of the ratio may be farther from 1 than the lower one (DAPO), so that rare tokens can become frequent.
 *   5. An update passes over its responses `epochs` times, in minibatches of whole groups.
 */

import { Averages } from "../../algorithms/averages.js";
import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { choice, flag, int, real } from "../../options.js";
import { clippedSurrogate, mul, sum, tensor, weightedSum } from "../../tensor/index.js";
import { klTerms } from "../kl-loss.js";
import { inParts, picked, type Rollouts, toTokens } from "../rollouts.js";
import type { TokenRows } from "../sequences.js";
import { rateOf } from "./learning-rate.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  samplesPerPrompt: shared.samplesPerPrompt(8, 2),
  beta: shared.beta(0.04),
  kl: shared.kl("k3"),
  epochs: shared.epochs(1),
  minibatchSize: shared.minibatchSize(1_000_000),
  clipRange: shared.clipRange(0.2),
  clipHigher: real(0, { min: 0, help: "ε of the upper bound, where it differs. 0: the same" }),
  weighting: choice("sequence", {
    choices: ["sequence", "token", "constant"],
    help: "how tokens are averaged: by response first, all alike, or by the longest possible response",
  }),
  scale: choice("group", {
    choices: ["group", "batch", "none"],
    help: "over what the deviation is taken that rewards are divided by",
  }),
  maskTruncated: flag(false, { help: "leave out responses that were cut" }),
  maxTokens: int(256, { min: 1, help: "the most tokens of a response, for the weighting by a constant" }),
  ...shared.rateOptions(3e-4),
  maxGradNorm: shared.maxGradNorm(1),
};

/** Group relative policy optimisation. */
export const grpo = trainerOn<Rollouts>()({
  name: "grpo",
  summary: "clipped policy gradient with advantages relative to the other responses to the same prompt",
  options,

  create({ policy, options, updates, rng }) {
    const parameters = policy.parameters();
    const rate = rateOf(options, updates);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    const { clipRange, clipHigher } = options;
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
        const A = toTokens(rows, relativeTo(scores, samplesPerPrompt, options.scale));
        optimizer.learningRate = rate(progress);
        const averages = new Averages();
        for (let epoch = 0; epoch < options.epochs; epoch++) {
          for (const part of inParts(rollouts, options.minibatchSize, rng)) {
            const w = weights(part.rows, options);
            const { logProbs, entropies } = policy.forward(part.rows, temperature);
            const old = tensor(picked(rollouts.logProbs, part.tokens));
            // The surrogate is a mean over n tokens, and min(ρA, clip(ρ)A) grows with A: Aₜ·wₜ·n gives Σ wₜ min(…).
            const weighted = picked(A, part.tokens).map((a, t) => a * w[t] * w.length);
            const { gain, klK3, clipFraction } = clippedSurrogate(
              logProbs,
              old,
              tensor(weighted),
              clipRange,
              clipHigher || clipRange,
            );
            const drift = sum(
              mul(klTerms(options.kl, logProbs, picked(rollouts.referenceLogProbs, part.tokens)), tensor(w)),
            );
            const loss = weightedSum([-1, gain], [beta, drift]);
            const entropy = entropies.detach().mean().item();
            optimizer.zeroGrad();
            loss.backward();
            const gradientNorm = limitGradient(parameters, options.maxGradNorm);
            optimizer.step(gradientNorm);
            averages.add({ loss: loss.item(), entropy, gradientNorm, klK3, clipFraction });
          }
        }
        return {
          ...averages.means("loss", "entropy", "gradientNorm", "klK3", "clipFraction"),
          learningRate: optimizer.learningRate,
          equalGroups: equalGroups(scores, samplesPerPrompt),
          beta,
        };
      },
    };
  },
});

/** (r − mean) / (std + 1e-4) in groups of k rewards. */
export function relativeTo(scores: Float64Array, k: number, scale: "group" | "batch" | "none"): Float64Array {
  const ofBatch = deviation(scores);
  return scores.map((score, i) => {
    const group = scores.subarray(i - (i % k), i - (i % k) + k);
    const divisor = scale === "none" ? 1 : (scale === "group" ? deviation(group) : ofBatch) + 1e-4;
    return (score - mean(group)) / divisor;
  });
}

/** What each token's term counts. The weights of "sequence" and "token" add up to 1 where no response is left out. */
function weights(
  { segments, targets }: TokenRows,
  {
    weighting,
    maskTruncated,
    maxTokens,
  }: { weighting: "sequence" | "token" | "constant"; maskTruncated: boolean; maxTokens: number },
): Float64Array {
  const w = new Float64Array(targets.length);
  for (const { start, end, truncated } of segments) {
    if (truncated && maskTruncated) continue;
    const divisors = {
      sequence: segments.length * (end - start),
      token: targets.length,
      constant: segments.length * maxTokens,
    };
    w.fill(1 / divisors[weighting], start, end);
  }
  return w;
}

/** The share of groups whose rewards are all equal. */
function equalGroups(scores: Float64Array, k: number): number {
  let equal = 0;
  for (let i = 0; i < scores.length; i += k)
    if (scores.subarray(i, i + k).every((score) => score === scores[i])) equal++;
  return equal / (scores.length / k);
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function deviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1));
}
