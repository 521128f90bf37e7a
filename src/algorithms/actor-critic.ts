/**
 * Actor-critic with the one-step advantage: the critic's own surprise says how good an action was.
 *
 *   δₜ = rₜ + γV(sₜ₊₁) - V(sₜ)      θ ← θ + α ∇ log π(aₜ|sₜ)·δₜ      V(sₜ) → rₜ + γV(sₜ₊₁)
 *
 * Choices that change results; `actor-critic.test.ts` pins each by its number:
 *   1. δ is the advantage by GAE with λ = 0, and a number: the policy's loss sends no gradient into the critic, nor the
 *      target of the critic one into itself.
 *   2. V(sₜ₊₁) is 0 after a terminal state, and V of the last observation where a time limit cut the episode.
 *   3. Mean over the batch's steps. Policy and critic are two networks with two optimisers, each with its own gradient limit.
 *   4. The critic is moved after the policy, with the targets that it gave before the update.
 */

import { adam, clipGradNorm, linearSchedule } from "../optim/index.js";
import { flag, real } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, gae } from "../rollout/returns.js";
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
  ...rolloutOptions({ envs: 8, rolloutSteps: 4 }),
  gamma: real(0.98, { min: 0, max: 1, help: "discount per step" }),
  normaliseAdvantages: flag(false, { help: "bring advantages to mean 0 and deviation 1 over the batch" }),
  entropyBonus: real(0.01, { min: 0, help: "weight of the policy's entropy, in nats" }),
  maxGradNorm: real(0.5, { min: 0, help: "longest gradient of each network. 0: no limit" }),
  learningRate: real(1e-3, { min: 0, help: "Adam's step size for the policy" }),
  valueLearningRate: real(3e-3, { min: 0, help: "Adam's step size for the critic" }),
  finalLearningRate: real(0, {
    min: 0,
    max: 1,
    help: "share of the learning rates that is left at the end of the run",
  }),
  ...separateNetworkOptions,
  scaleRewards: flag(true, { help: separateNetworkOptions.scaleRewards.help }),
};

/** One-step actor-critic. */
export const actorCritic = defineAlgorithm({
  name: "actor-critic",
  summary: "one-step actor-critic: the critic's temporal-difference error is the advantage",
  options,
  presets: {
    default: { summary: "the settings that work", options: {}, steps: 500_000, stopWhenSolved: true },
  },
  collect: collectSteps,

  create({ observationSpace, actionSpace, options, rng }) {
    const networks = networksFor({ observationSpace, actionSpace, options, rng });
    const { policy, valueParameters } = networks;
    const parameters = policy.parameters();
    const optimizer = adam(parameters, { learningRate: options.learningRate });
    const valueOptimizer = adam(valueParameters, { learningRate: options.valueLearningRate });
    const rate = linearSchedule(1, options.finalLearningRate);

    return {
      policy,
      weights: [...parameters, ...valueParameters],
      optimizers: [optimizer, valueOptimizer],
      rewardScaling: rewardScalingFor(options),

      update(batch, progress) {
        optimizer.learningRate = options.learningRate * rate(progress);
        valueOptimizer.learningRate = options.valueLearningRate * rate(progress);
        optimizer.zeroGrad();
        valueOptimizer.zeroGrad();
        const finalValues = bootstrapValues(batch.segments, networks.valuesOf(batch.finalFeatures));
        const { pi, values } = networks.forward(batch.features, batch);
        const estimates = values.toArray();
        const { gamma } = options;
        const advantages = gae(batch.rewards, estimates, batch.segments, { gamma, lambda: 0, finalValues });
        const targets = advantages.map((delta, t) => delta + estimates[t]);
        if (options.normaliseAdvantages) normalise(advantages);

        const gain = pi.logProb(batch.actions).mul(tensor(advantages)).mean();
        const entropy = pi.entropy().mean();
        const loss = weightedSum([-1, gain], [-options.entropyBonus, entropy]);
        const valueLoss = valueError(values, tensor(targets));
        loss.backward();
        valueLoss.backward();
        const limit = options.maxGradNorm;
        const gradientNorm = limitGradient(parameters, limit);
        if (limit > 0) clipGradNorm(valueParameters, limit);
        optimizer.step();
        valueOptimizer.step();
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          valueLoss: valueLoss.item(),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(estimates, targets),
        };
      },
    };
  },
});
