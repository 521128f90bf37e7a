/**
 * PPO: proximal policy optimisation with the clipped surrogate (Schulman et al. 2017, arXiv:1707.06347).
 *
 *   L(θ) = -E[min(ρA, clip(ρ, 1 - ε, 1 + ε)·A)] + c₁·E[(V - G)²] - c₂·E[H]        ρ = π(a|s) / π_old(a|s)
 *
 * A is the advantage by GAE(λ), G = A + V_old. Each batch is gone through several times, in minibatches.
 *
 * Choices that change results; `ppo.test.ts` pins each by its number:
 *   1. V_old, A and G are computed once for each batch, before its first gradient step.
 *   2. A truncated episode, and one that goes on when the batch is full, is bootstrapped with V of its last observation; a
 *      terminated one with 0.
 *   3. Advantages are brought to mean 0 and deviation 1 (n - 1 in the denominator) in each minibatch, or over the batch; one
 *      number alone is left as it is.
 *   4. The value loss is the mean square, without a factor of ½. Clipped, it is the larger of the two errors, with V kept
 *      within ±ε of V_old.
 *   5. The gradient of policy and value together is limited to `maxGradNorm`.
 *   6. Learning rate and clip range go straight from their start to their final share over the run's budget; an update uses
 *      the share of the budget that was used up when the one before it ended, so the first one has the full rate.
 *   7. With a target, no further gradient step is taken in an update as soon as the estimate (k3) of KL(π_old ‖ π) in a
 *      minibatch exceeds 1.5 times the target; that minibatch's own step is left out.
 *   8. Adam's ε is 1e-5, which this algorithm is usually run with.
 *   9. Where the minibatch is the whole batch, rows stay in order.
 */

import { adam, linearSchedule } from "../optim/index.js";
import { choice, flag, int, real } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { inMinibatches, type Steps } from "../rollout/minibatches.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, gae } from "../rollout/returns.js";
import { clippedSurrogate, tensor, valueError, weightedSum } from "../tensor/index.js";
import { collectSteps, networkOptions, networksFor, rewardScalingFor, rolloutOptions } from "./actor-critic-options.js";
import { defineAlgorithm } from "./algorithm.js";
import { Averages } from "./averages.js";
import { limitGradient } from "./limit-gradient.js";
import { ppoPresets } from "./ppo-presets.js";

const options = {
  ...rolloutOptions({ envs: 8, rolloutSteps: 128 }),
  minibatchSize: int(256, {
    min: 1,
    max: 10_000_000,
    help: "steps for one gradient step; the whole batch where it has fewer",
  }),
  epochs: int(10, { min: 1, max: 10_000, help: "times that an update goes through its batch" }),
  gamma: real(0.99, { min: 0, max: 1, help: "discount per step" }),
  lambda: real(0.95, { min: 0, max: 1, help: "λ of the advantages: 0 trusts the value network, 1 the returns" }),
  clipRange: real(0.2, { min: 0, help: "ε: how far the ratio may move from 1 before its gradient stops" }),
  finalClipRange: real(1, { min: 0, max: 1, help: "share of the clip range that is left at the end of the run" }),
  clipValues: flag(false, { help: "keep new values within the clip range of the old ones" }),
  normaliseAdvantages: choice("minibatch", {
    choices: ["minibatch", "batch", "none"],
    help: "over what advantages are brought to mean 0 and deviation 1",
  }),
  entropyBonus: real(0, { min: 0, help: "weight of the policy's entropy, in nats" }),
  valueCoefficient: real(0.5, { min: 0, help: "weight of the values' mean square error" }),
  maxGradNorm: real(0.5, { min: 0, help: "longest gradient; longer ones are scaled down. 0: no limit" }),
  targetKl: real(0, { min: 0, help: "an update ends early when the policy has moved 1.5 times as far. 0: no limit" }),
  learningRate: real(3e-4, { min: 0, help: "Adam's step size" }),
  finalLearningRate: real(1, { min: 0, max: 1, help: "share of the learning rate that is left at the end of the run" }),
  ...networkOptions,
};

/** Proximal policy optimisation. */
export const ppo = defineAlgorithm({
  name: "ppo",
  summary: "proximal policy optimisation: several passes over each batch, with the ratio to the old policy clipped",
  options,
  presets: ppoPresets,
  collect: collectSteps,

  create({ observationSpace, actionSpace, options, rng }) {
    const networks = networksFor({ observationSpace, actionSpace, options, rng });
    const { policy, parameters } = networks;
    const optimizer = adam(parameters, { learningRate: options.learningRate, eps: 1e-5 });
    const rate = linearSchedule(1, options.finalLearningRate);
    const clipping = linearSchedule(1, options.finalClipRange);

    return {
      policy,
      weights: parameters,
      optimizers: [optimizer],
      rewardScaling: rewardScalingFor(options),

      update(batch, progress) {
        const values = networks.valuesOf(batch.features, batch);
        const finalValues = bootstrapValues(batch.segments, networks.valuesOf(batch.finalFeatures));
        const { gamma, lambda } = options;
        const advantages = gae(batch.rewards, values, batch.segments, { gamma, lambda, finalValues });
        const returns = advantages.map((advantage, t) => advantage + values[t]);
        const whole = options.minibatchSize >= batch.size;
        const { normaliseAdvantages: over } = options;
        if (over === "batch" || (over === "minibatch" && whole)) normalise(advantages);
        const steps: Steps = {
          ...{ features: batch.features, actions: batch.actions, logProbs: batch.logProbs, masks: batch.masks },
          ...{ values: tensor(values), advantages, returns: tensor(returns) },
        };

        optimizer.learningRate = options.learningRate * rate(progress);
        const clipRange = options.clipRange * clipping(progress);
        const seen = new Averages();
        let movedFar = false;
        for (let epoch = 0; epoch < options.epochs && !movedFar; epoch++) {
          for (const part of inMinibatches(steps, options.minibatchSize, rng)) {
            if (over === "minibatch" && !whole) normalise(part.advantages);
            const A = tensor(part.advantages);
            // Acting was the forward pass of the first step, where that takes the batch as it came.
            const { pi, values: now } = networks.forward(part.features, whole && epoch === 0 ? batch : part);
            const surrogate = clippedSurrogate(pi.logProb(part.actions), part.logProbs, A, clipRange);
            const { gain, klK1, klK3, clipFraction } = surrogate;
            movedFar = options.targetKl > 0 && klK3 > 1.5 * options.targetKl;
            if (movedFar) break;
            const clip = options.clipValues ? { old: part.values, clipRange } : undefined;
            const valueLoss = valueError(now, part.returns, clip);
            const entropy = pi.entropy().mean();
            const { valueCoefficient: c1, entropyBonus: c2 } = options;
            const loss = weightedSum([-1, gain], [c1, valueLoss], [-c2, entropy]);
            optimizer.zeroGrad();
            loss.backward();
            const gradientNorm = limitGradient(parameters, options.maxGradNorm);
            optimizer.step();
            const [L, H, error] = [loss.item(), entropy.item(), valueLoss.item()];
            seen.add({ loss: L, entropy: H, gradientNorm, valueLoss: error, klK1, klK3, clipFraction });
          }
        }
        return {
          ...seen.means("loss", "entropy", "gradientNorm", "valueLoss", "klK1", "klK3", "clipFraction"),
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(values, returns),
          gradientSteps: seen.count,
        };
      },
    };
  },
});
