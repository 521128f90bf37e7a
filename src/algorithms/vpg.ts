/**
 * VPG: the vanilla policy gradient of Spinning Up, with advantages by GAE(λ) and a value network fitted at length.
 *
 *   ∇J(θ) ≈ mean over steps of A·∇ log π(a|s)        V fitted to the returns by many steps of regression
 *
 * Choices that change results; `vpg.test.ts` pins each by its number:
 *   1. One step of the policy for each batch, then `valueSteps` steps of the value network over the whole batch.
 *   2. Advantages use the V from before the fit, and are brought to mean 0 and deviation 1 over the batch.
 *   3. V is fitted to the discounted rewards to go, bootstrapped where the episode was cut: not to A + V, which λ bends.
 *   4. A truncated episode is bootstrapped with V of its last observation, a terminated one with 0.
 *   5. Mean over the batch's steps, so the step size does not depend on the length of episodes.
 */

import { adam, clipGradNorm, linearSchedule } from "../optim/index.js";
import { flag, int, real } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, gae, returnsToGo } from "../rollout/returns.js";
import { tensor, valueError, weightedSum } from "../tensor/index.js";
import {
  collectSteps,
  networksFor,
  rewardScalingFor,
  rolloutOptions,
  separateNetworkOptions,
} from "./actor-critic-options.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";

const options = {
  ...rolloutOptions({ envs: 8, rolloutSteps: 64 }),
  gamma: real(0.99, { min: 0, max: 1, help: "discount per step" }),
  lambda: real(0.97, { min: 0, max: 1, help: "λ of the advantages: 0 trusts the value network, 1 the returns" }),
  normaliseAdvantages: flag(true, { help: "bring advantages to mean 0 and deviation 1 over the batch" }),
  entropyBonus: real(0, { min: 0, help: "weight of the policy's entropy, in nats" }),
  maxGradNorm: real(0, { min: 0, help: "longest gradient of each network. 0: no limit" }),
  learningRate: real(0.01, { min: 0, help: "Adam's step size for the policy" }),
  valueLearningRate: real(0.003, { min: 0, help: "Adam's step size for the value network" }),
  finalLearningRate: real(0, {
    min: 0,
    max: 1,
    help: "share of the learning rates that is left at the end of the run",
  }),
  valueSteps: int(20, { min: 0, max: 10_000, help: "gradient steps of the value network for each step of the policy" }),
  ...separateNetworkOptions,
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
        ...{ envs: 1, rolloutSteps: 4000, gamma: 0.99, lambda: 0.97, valueSteps: 80, finalLearningRate: 1 },
        ...{ learningRate: 3e-4, valueLearningRate: 1e-3, init: "kaiming", logStd: -0.5 },
      },
      steps: 200_000,
      stopWhenSolved: false,
    },
  },
  collect: collectSteps,

  create({ observationSpace, actionSpace, options, rng }) {
    const networks = networksFor({ observationSpace, actionSpace, options, rng });
    const { policy, valueParameters } = networks;
    const parameters = policy.parameters();
    const optimizer = adam(parameters, { learningRate: options.learningRate });
    const valueOptimizer = adam(valueParameters, { learningRate: options.valueLearningRate });
    const rate = linearSchedule(1, options.finalLearningRate);
    const limit = options.maxGradNorm;

    return {
      policy,
      weights: [...parameters, ...valueParameters],
      optimizers: [optimizer, valueOptimizer],
      rewardScaling: rewardScalingFor(options),

      update(batch, progress) {
        const { rewards, segments, features } = batch;
        const { gamma, lambda } = options;
        const values = networks.valuesOf(features);
        const finalValues = bootstrapValues(segments, networks.valuesOf(batch.finalFeatures));
        const advantages = gae(rewards, values, segments, { gamma, lambda, finalValues });
        const returns = returnsToGo(rewards, segments, gamma, finalValues);
        if (options.normaliseAdvantages) normalise(advantages);

        optimizer.learningRate = options.learningRate * rate(progress);
        optimizer.zeroGrad();
        const pi = networks.policy.distribution(features, batch);
        const gain = pi.logProb(batch.actions).mul(tensor(advantages)).mean();
        const entropy = pi.entropy().mean();
        const loss = weightedSum([-1, gain], [-options.entropyBonus, entropy]);
        loss.backward();
        const gradientNorm = limitGradient(parameters, limit);
        optimizer.step();

        valueOptimizer.learningRate = options.valueLearningRate * rate(progress);
        const targets = tensor(returns);
        let valueLoss = 0;
        for (let step = 0; step < options.valueSteps; step++) {
          valueOptimizer.zeroGrad();
          const error = valueError(networks.value(features), targets);
          error.backward();
          if (limit > 0) clipGradNorm(valueParameters, limit);
          valueOptimizer.step();
          valueLoss = error.item();
        }
        return {
          ...{ loss: loss.item(), entropy: entropy.item(), gradientNorm, valueLoss },
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(values, returns),
        };
      },
    };
  },
});
