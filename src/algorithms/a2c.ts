/**
 * A2C: advantage actor-critic, synchronous (Mnih et al. 2016, arXiv:1602.01783, without the asynchrony).
 *
 *   L(θ) = -E[log π(a|s)·A] + c₁·E[(V - G)²] - c₂·E[H]        A by GAE(λ) over a few steps, G = A + V
 *
 * Choices that change results; `a2c.test.ts` pins each by its number:
 *   1. One gradient step for each batch: the policy that learns is the one that acted.
 *   2. λ = 1 is the return over the steps seen, bootstrapped with V where the batch ends.
 *   3. A truncated episode is bootstrapped with V of its last observation, a terminated one with 0.
 *   4. A is a number: no gradient reaches V through the policy's part of the loss.
 *   5. The gradient of policy and value together is limited to `maxGradNorm`.
 *   6. RMSProp has α = 0.99 and adds ε = 1e-5 after the root, as PyTorch's does; Adam's ε is 1e-5 too.
 */

import { adam, linearSchedule, rmsprop } from "../optim/index.js";
import { choice, flag, real } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, gae } from "../rollout/returns.js";
import { tensor, valueError, weightedSum } from "../tensor/index.js";
import { a2cPresets } from "./a2c-presets.js";
import { collectSteps, networkOptions, networksFor, rewardScalingFor, rolloutOptions } from "./actor-critic-options.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";

const options = {
  ...rolloutOptions({ envs: 8, rolloutSteps: 5 }),
  gamma: real(0.99, { min: 0, max: 1, help: "discount per step" }),
  lambda: real(1, { min: 0, max: 1, help: "λ of the advantages: 0 trusts the value network, 1 the rewards" }),
  normaliseAdvantages: flag(false, { help: "bring advantages to mean 0 and deviation 1 over the batch" }),
  entropyBonus: real(0, { min: 0, help: "weight of the policy's entropy, in nats" }),
  valueCoefficient: real(0.5, { min: 0, help: "weight of the values' mean square error" }),
  maxGradNorm: real(0.5, { min: 0, help: "longest gradient; longer ones are scaled down. 0: no limit" }),
  optimizer: choice("rmsprop", { choices: ["rmsprop", "adam"], help: "what moves the weights" }),
  learningRate: real(7e-4, { min: 0, help: "the optimiser's step size" }),
  finalLearningRate: real(1, { min: 0, max: 1, help: "share of the learning rate that is left at the end of the run" }),
  ...networkOptions,
};

/** Advantage actor-critic, synchronous. */
export const a2c = defineAlgorithm({
  name: "a2c",
  summary: "advantage actor-critic: one step for each short batch of several environments",
  options,
  presets: a2cPresets,
  collect: collectSteps,

  create({ observationSpace, actionSpace, options, rng }) {
    const networks = networksFor({ observationSpace, actionSpace, options, rng });
    const { policy, parameters } = networks;
    const { learningRate } = options;
    const optimizer =
      options.optimizer === "adam"
        ? adam(parameters, { learningRate, eps: 1e-5 })
        : rmsprop(parameters, { learningRate, eps: 1e-5 });
    const rate = linearSchedule(1, options.finalLearningRate);

    return {
      policy,
      weights: parameters,
      optimizers: [optimizer],
      rewardScaling: rewardScalingFor(options),

      update(batch, progress) {
        optimizer.learningRate = learningRate * rate(progress);
        optimizer.zeroGrad();
        const finalValues = bootstrapValues(batch.segments, networks.valuesOf(batch.finalFeatures));
        const { pi, values } = networks.forward(batch.features, batch);
        const estimates = values.toArray();
        const { gamma, lambda } = options;
        const advantages = gae(batch.rewards, estimates, batch.segments, { gamma, lambda, finalValues });
        const returns = advantages.map((advantage, t) => advantage + estimates[t]);
        if (options.normaliseAdvantages) normalise(advantages);

        const gain = pi.logProb(batch.actions).mul(tensor(advantages)).mean();
        const valueLoss = valueError(values, tensor(returns));
        const entropy = pi.entropy().mean();
        const { valueCoefficient: c1, entropyBonus: c2 } = options;
        const loss = weightedSum([-1, gain], [c1, valueLoss], [-c2, entropy]);
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step();
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          valueLoss: valueLoss.item(),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(estimates, returns),
        };
      },
    };
  },
});
