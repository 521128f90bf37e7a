/**
 * Learning a reward model from preferences (Bradley & Terry 1952; Christiano et al. 2017, arXiv:1706.03741):
 *
 *   P(chosen over rejected) = σ(r(chosen) − r(rejected))      L = −E[ln σ(r(chosen) − r(rejected))]
 *
 * At the start L is near ln 2. The best accuracy is not 1 where people answer by chance: with known probabilities p of each answer
 * it is E[max(p, 1 − p)].
 *
 * Choices that change results; `supervised.test.ts` pins each by its number:
 *   1. The reward is read at the last token of a response, the end where there is one, never at padding.
 *   2. It is learned before it is scaled: gain and offset don't change what L is.
 *   3. With `averaged`, the last update gives the weights their means over that share of the run.
 */

import { limitGradient } from "../../algorithms/limit-gradient.js";
import { adam } from "../../optim/index.js";
import { real } from "../../options.js";
import { slice, softplus, sub } from "../../tensor/index.js";
import type { RewardModel } from "../reward-model.js";
import { tokenRows } from "../sequences.js";
import { averagingOf } from "./averaging.js";
import { rateOf } from "./learning-rate.js";
import { bothSides, type Pairs } from "./pairs.js";
import { trainerOn } from "./trainer.js";
import * as shared from "./trainer-options.js";

const options = {
  ...shared.rateOptions(3e-4, { final: 0, warmup: 0.05 }),
  maxGradNorm: shared.maxGradNorm(1),
  averaged: real(0, { min: 0, max: 1, help: "share of the run, at its end, over which weights are averaged" }),
};

/** A reward model from preferences. */
export const rewardModelTrainer = trainerOn<Pairs, { readonly model: RewardModel }>()({
  name: "reward-model",
  summary: "learns what is liked from pairs of responses",
  options,

  create({ model, options, updates }) {
    const parameters = model.parameters();
    const rate = rateOf(options, updates);
    const averaging = averagingOf(parameters, options.averaged, updates);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    return {
      weights: parameters,
      optimizers: [optimizer],
      control: new Map([...model.scale, ...averaging.control]),
      update({ pairs, special }, progress) {
        const count = pairs.length;
        const r = model.raw(tokenRows(bothSides(pairs), special));
        const margin = sub(slice(r, 0, count), slice(r, count));
        // −ln σ(m) = softplus(−m)
        const loss = softplus(margin.neg()).mean();
        const margins = margin.toArray();
        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step(gradientNorm);
        averaging.stepped(progress);
        return {
          loss: loss.item(),
          entropy: 0,
          gradientNorm,
          learningRate: optimizer.learningRate,
          accuracy: margins.filter((m) => m > 0).length / count,
          margin: margins.reduce((a, b) => a + b, 0) / count,
        };
      },
    };
  },
});
