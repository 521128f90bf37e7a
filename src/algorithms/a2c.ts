/**
 * A2C: advantage actor-critic, synchronous (Mnih et al. 2016, arXiv:1602.01783, without the asynchrony).
 *
 *   L(θ) = -E[log π(a|s)·A] + c₁·E[(V - G)²] - c₂·E[H]        A by GAE(λ) over a few steps, G = A + V
 *
 * Choices that change results; `a2c.test.ts` pins each by its number:
 *   1. Each batch gives one gradient step, so the policy that learns is the one that acted.
 *   2. λ = 1 is the return over the steps of the batch, bootstrapped with V at its end.
 *   3. A truncated episode is bootstrapped with V of its last observation, a terminated one with 0.
 *   4. A is a constant: no gradient reaches V through the policy's part of the loss.
 *   5. The gradient of policy and value together is limited to `maxGradNorm`.
 *   6. RMSProp has α = 0.99 and adds ε = 1e-5 after the root, as in PyTorch. Adam's ε is 1e-5 too.
 */

import { adam, rmsprop } from "../optim/index.js";
import { choice } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { gae } from "../rollout/returns.js";
import { tensor, weightedSum } from "../tensor/index.js";
import { a2cPresets } from "./a2c-presets.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";
import { collectSteps, finalValues, networksFor, rewardScalingFor } from "./networks.js";
import { scheduleOf } from "./scheduled.js";
import * as shared from "./shared-options.js";
import { valueLoss } from "./value-loss.js";

const options = {
  envs: shared.envs(8),
  rolloutSteps: shared.rolloutSteps(5, { scale: "powers-of-two", from: 4, to: 64 }),
  gamma: shared.gamma(0.99),
  lambda: shared.lambda(1),
  normaliseAdvantages: shared.normaliseAdvantages(false),
  entropyBonus: shared.entropyBonus(0),
  valueCoefficient: shared.valueCoefficient(0.5),
  maxGradNorm: shared.maxGradNorm(0.5),
  optimizer: choice("rmsprop", {
    choices: ["rmsprop", "adam"],
    help: "what moves the weights",
    search: ["rmsprop", "adam"],
  }),
  learningRate: shared.learningRate(7e-4),
  finalLearningRate: shared.finalLearningRate(1),
  ...shared.networkOptions,
  ...shared.sharingOptions,
  scaleRewards: shared.scaleRewards(false),
};

/** Advantage actor-critic, synchronous. */
export const a2c = defineAlgorithm({
  name: "a2c",
  summary: "advantage actor-critic: one step for each short batch of several environments",
  options,
  presets: a2cPresets,
  collect: collectSteps,

  create(context) {
    const { options } = context;
    const networks = networksFor(context);
    const { policy, parameters } = networks;
    const { gamma, lambda, valueCoefficient: c1, entropyBonus: c2 } = options;
    const rate = scheduleOf(options.learningRate, options.finalLearningRate);
    const settings = { learningRate: rate(0), eps: 1e-5 };
    const optimizer = options.optimizer === "adam" ? adam(parameters, settings) : rmsprop(parameters, settings);

    return {
      policy,
      weights: parameters,
      optimizers: [optimizer],
      valuesOf: networks.valuesOf,
      rewardScaling: rewardScalingFor(options),

      *update(batch, progress, explain) {
        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        const { rewards, segments, actions } = batch;
        const { pi, values } = networks.forward(batch);
        const V = values.toArray();
        const advantages = gae(rewards, V, segments, { gamma, lambda, finalValues: finalValues(networks, batch) });
        const returns = advantages.map((advantage, t) => advantage + V[t]);
        if (options.normaliseAdvantages) normalise(advantages);
        yield;

        const gain = pi.logProb(actions).mul(tensor(advantages)).mean();
        const error = valueLoss(values, tensor(returns));
        const entropy = pi.entropy().mean();
        const loss = weightedSum([-1, gain], [c1, error], [-c2, entropy]);
        explain?.({
          returns,
          baseline: V,
          advantages,
          lossParts: [
            { name: "policy", coefficient: -1, value: gain.item() },
            { name: "value", coefficient: c1, value: error.item() },
            { name: "entropy", coefficient: -c2, value: entropy.item() },
          ],
        });
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step(gradientNorm);
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          valueLoss: error.item(),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(V, returns),
        };
      },
    };
  },
});
