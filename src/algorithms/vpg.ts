/**
 * VPG: the vanilla policy gradient of Spinning Up, with advantages by GAE(λ) and many gradient steps for the value network.
 *
 *   ∇J(θ) ≈ mean over steps of A·∇ log π(a|s)        V fitted to the returns by many steps of regression
 *
 * Choices that change results; `vpg.test.ts` pins each by its number:
 *   1. Each batch gives one gradient step of the policy, then `valueSteps` of the value network, over the whole batch.
 *   2. Advantages use V from before the fit, and are scaled to mean 0 and deviation 1 over the batch.
 *   3. V is fitted to the discounted returns to go, bootstrapped if the episode was cut, and not to A + V, which depends
 *      on λ.
 *   4. A truncated episode is bootstrapped with V of its last observation, a terminated one with 0.
 *   5. The loss is the mean over the batch's steps, so the step size does not depend on the length of episodes.
 */

import { adam } from "../optim/index.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { gae, returnsToGo } from "../rollout/returns.js";
import { tensor, weightedSum } from "../tensor/index.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";
import { collectSteps, finalValues, networksFor, rewardScalingFor, valuesInParts } from "./networks.js";
import { scheduleOf } from "./scheduled.js";
import * as shared from "./shared-options.js";
import { fitValues } from "./value-loss.js";

const options = {
  envs: shared.envs(8),
  rolloutSteps: shared.rolloutSteps(64, { scale: "powers-of-two", from: 16, to: 512 }),
  gamma: shared.gamma(0.99),
  lambda: shared.lambda(0.97),
  normaliseAdvantages: shared.normaliseAdvantages(true),
  entropyBonus: shared.entropyBonus(0),
  maxGradNorm: shared.maxGradNorm(0),
  learningRate: shared.learningRate(0.01),
  valueLearningRate: shared.valueLearningRate(0.003),
  finalLearningRate: shared.finalLearningRate(0),
  valueSteps: shared.valueSteps(20),
  ...shared.networkOptions,
  scaleRewards: shared.scaleRewards(false),
};

/** The vanilla policy gradient with GAE. */
export const vpg = defineAlgorithm({
  name: "vpg",
  summary: "vanilla policy gradient: GAE, one step of the policy and many of the value network for each batch",
  options,
  presets: {
    default: { summary: "the settings that work", options: {}, steps: 500_000, stopWhenSolved: true },
    "spinning-up": {
      summary: "Spinning Up's settings: 4,000 steps of one environment an update, 80 value steps",
      options: {
        envs: 1,
        rolloutSteps: 4000,
        gamma: 0.99,
        lambda: 0.97,
        valueSteps: 80,
        finalLearningRate: 1,
        learningRate: 3e-4,
        valueLearningRate: 1e-3,
        init: "kaiming",
        logStd: -0.5,
        scaleActions: false,
      },
      steps: 200_000,
      stopWhenSolved: false,
    },
  },
  collect: collectSteps,

  create(context) {
    const { options } = context;
    const networks = networksFor(context);
    const { policy, valueParameters } = networks;
    const { gamma, lambda, maxGradNorm } = options;
    const parameters = policy.parameters();
    const rate = scheduleOf(options.learningRate, options.finalLearningRate);
    const valueRate = scheduleOf(options.valueLearningRate, options.finalLearningRate);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    const valueOptimizer = adam(valueParameters, { learningRate: valueRate(0) });

    return {
      policy,
      weights: [...parameters, ...valueParameters],
      optimizers: [optimizer, valueOptimizer],
      valuesOf: networks.valuesOf,
      rewardScaling: rewardScalingFor(options),

      *update(batch, progress, explain) {
        const { rewards, segments, actions } = batch;
        const V = yield* valuesInParts(batch, networks.valuesOf);
        const following = finalValues(networks, batch);
        const advantages = gae(rewards, V, segments, { gamma, lambda, finalValues: following });
        const returns = returnsToGo(rewards, segments, gamma, following);
        if (options.normaliseAdvantages) normalise(advantages);

        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        const pi = policy.distribution(batch);
        const gain = pi.logProb(actions).mul(tensor(advantages)).mean();
        const entropy = pi.entropy().mean();
        const loss = weightedSum([-1, gain], [-options.entropyBonus, entropy]);
        explain?.({
          returns,
          baseline: V,
          advantages,
          lossParts: [
            { name: "policy", coefficient: -1, value: gain.item() },
            { name: "entropy", coefficient: -options.entropyBonus, value: entropy.item() },
          ],
        });
        yield;

        loss.backward();
        const gradientNorm = limitGradient(parameters, maxGradNorm);
        optimizer.step(gradientNorm);
        yield;

        valueOptimizer.learningRate = valueRate(progress);
        const valueLoss = yield* fitValues(() => networks.value(batch), {
          targets: tensor(returns),
          optimizer: valueOptimizer,
          steps: options.valueSteps,
          maxGradNorm,
        });
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          valueLoss,
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(V, returns),
        };
      },
    };
  },
});
