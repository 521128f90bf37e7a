/**
 * Actor-critic with the one-step advantage: the critic's prediction error δ is the advantage of an action.
 *
 *   δₜ = rₜ + γV(sₜ₊₁) - V(sₜ)      θ ← θ + α ∇ log π(aₜ|sₜ)·δₜ      V(sₜ) → rₜ + γV(sₜ₊₁)
 *
 * Choices that change results; `actor-critic.test.ts` pins each by its number:
 *   1. δ is the advantage by GAE with λ = 0. No gradient flows through it: not from the policy's loss into the critic, and
 *      not from the critic's loss into its target.
 *   2. V(sₜ₊₁) is 0 after a terminal state, and V of the last observation if a time limit ended the episode.
 *   3. The loss is the mean over the batch's steps. Policy and critic are two networks with two optimisers, each with its
 *      own gradient limit.
 *   4. The critic is updated after the policy, with targets from before the update.
 */

import { adam, clipGradNorm } from "../optim/index.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { normalise } from "../rollout/normalise.js";
import { gae } from "../rollout/returns.js";
import { tensor, weightedSum } from "../tensor/index.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";
import { collectSteps, finalValues, networksFor, rewardScalingFor } from "./networks.js";
import { scheduleOf } from "./scheduled.js";
import * as shared from "./shared-options.js";
import { valueLoss } from "./value-loss.js";

const options = {
  envs: shared.envs(8),
  rolloutSteps: shared.rolloutSteps(4, { scale: "powers-of-two", from: 1, to: 32 }),
  gamma: shared.gamma(0.98),
  normaliseAdvantages: shared.normaliseAdvantages(false),
  entropyBonus: shared.entropyBonus(0.01),
  maxGradNorm: shared.maxGradNorm(0.5),
  learningRate: shared.learningRate(1e-3),
  valueLearningRate: shared.valueLearningRate(3e-3),
  finalLearningRate: shared.finalLearningRate(0),
  ...shared.networkOptions,
  scaleRewards: shared.scaleRewards(true),
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

  create(context) {
    const { options } = context;
    const networks = networksFor(context);
    const { policy, valueParameters } = networks;
    const { gamma, maxGradNorm: limit } = options;
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

      update(batch, progress, explain) {
        optimizer.learningRate = rate(progress);
        valueOptimizer.learningRate = valueRate(progress);
        optimizer.zeroGrad();
        valueOptimizer.zeroGrad();
        const { rewards, segments, actions } = batch;
        const { pi, values } = networks.forward(batch);
        const V = values.toArray();
        const delta = gae(rewards, V, segments, { gamma, lambda: 0, finalValues: finalValues(networks, batch) });
        const targets = delta.map((surprise, t) => surprise + V[t]);
        if (options.normaliseAdvantages) normalise(delta);

        const gain = pi.logProb(actions).mul(tensor(delta)).mean();
        const entropy = pi.entropy().mean();
        const loss = weightedSum([-1, gain], [-options.entropyBonus, entropy]);
        explain?.({
          returns: targets,
          baseline: V,
          advantages: delta,
          lossParts: [
            { name: "policy", coefficient: -1, value: gain.item() },
            { name: "entropy", coefficient: -options.entropyBonus, value: entropy.item() },
          ],
        });
        const error = valueLoss(values, tensor(targets));
        loss.backward();
        error.backward();
        const gradientNorm = limitGradient(parameters, limit);
        if (limit > 0) clipGradNorm(valueParameters, limit);
        optimizer.step();
        valueOptimizer.step();
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          valueLoss: error.item(),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(V, targets),
        };
      },
    };
  },
});
