/**
 * DPO: direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290), from pairs of responses to the same prompt.
 *
 *   h(y) = β (ln π(y) − ln ref(y))      L = −E[ln σ(h(chosen) − h(rejected))]
 *
 * h is the reward that π would be the optimum of (see `exact/optimum.ts`), so no reward model and no samples are needed. At the
 * start h is 0 and L is ln 2, to the last bit. ln π(chosen) may fall while the margin grows: it is reported by itself.
 *
 * Choices that change results; `trainers.test.ts` pins each by its number:
 *   1. Log-probabilities are added up over a response, not averaged.
 *   2. With label smoothing ε, a label counts as wrong with that probability: L = −(1 − ε) ln σ(m) − ε ln σ(−m), m the margin.
 */

import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { real } from "../../options.js";
import { noGrad, slice, softplus, sub, tensor, weightedSum } from "../../tensor/index.js";
import { segmentSum } from "../../tensor/language/index.js";
import { tokenRows } from "../sequences.js";
import { rateOf } from "./learning-rate.js";
import { bothSides, type Pairs } from "./pairs.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  beta: shared.beta(0.1),
  labelSmoothing: real(0, { min: 0, max: 0.5, help: "ε: the share of labels that is taken to be wrong" }),
  ...shared.rateOptions(3e-4),
  maxGradNorm: shared.maxGradNorm(1),
};

/** Direct preference optimisation. */
export const dpo = trainerOn<Pairs>()({
  name: "dpo",
  summary: "learns a policy from preferences directly, without a reward model",
  options,
  learnsFrom: "pairs",

  create({ policy, reference, options, updates }) {
    const parameters = policy.parameters();
    const rate = rateOf(options, updates);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    const { beta, labelSmoothing: smoothing } = options;
    return {
      weights: parameters,
      optimizers: [optimizer],
      update({ pairs, special }, progress) {
        const rows = tokenRows(bothSides(pairs), special);
        const { segments } = rows;
        const count = pairs.length;
        const known = noGrad(() => segmentSum(reference.forward(rows).logProbs, segments).toArray());
        const { logProbs, entropies } = policy.forward(rows);
        const said = segmentSum(logProbs, segments);
        const h = sub(said, tensor(known)).mul(beta);
        const margin = sub(slice(h, 0, count), slice(h, count));
        // −ln σ(m) = softplus(−m)
        const loss = weightedSum([1 - smoothing, softplus(margin.neg()).mean()], [smoothing, softplus(margin).mean()]);
        const entropy = entropies.detach().mean().item();
        const margins = margin.toArray();
        const chosen = said.toArray().subarray(0, count);
        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step(gradientNorm);
        return {
          loss: loss.item(),
          entropy,
          gradientNorm,
          learningRate: optimizer.learningRate,
          accuracy: margins.filter((m) => m > 0).length / count,
          margin: margins.reduce((a, b) => a + b, 0) / count,
          chosenLogProb: chosen.reduce((a, b) => a + b, 0) / count,
        };
      },
    };
  },
});
