/**
 * PPO: proximal policy optimisation with the clipped surrogate (Schulman et al. 2017, arXiv:1707.06347).
 *
 *   L(θ) = -E[min(ρA, clip(ρ, 1 - ε, 1 + ε)·A)] + c₁·E[(V - G)²] - c₂·E[H]        ρ = π(a|s) / π_old(a|s)
 *
 * A is the advantage by GAE(λ), G = A + V_old. Each update passes over its batch several times, in minibatches.
 *
 * Choices that change results; `ppo.test.ts` pins each by its number:
 *   1. V_old, A and G are computed once for each batch, before its first gradient step.
 *   2. A truncated episode, and one that goes on when the batch is full, is bootstrapped with V of its last observation; a
 *      terminated one with 0.
 *   3. Advantages are scaled to mean 0 and deviation 1 (n - 1 in the denominator) in each minibatch or over the batch. A
 *      single number is left unchanged.
 *   4. The value loss is the mean squared error, without a factor of ½. With clipping, it is the larger of that error and
 *      the error of V clipped to V_old ± ε.
 *   5. The gradient of policy and value together is limited to `maxGradNorm`.
 *   6. Learning rate and clip range change linearly over the run's budget, from their start to their final share. An update
 *      uses the progress at the end of the previous update, so the first one has the full rate.
 *   7. With a target, an update ends when the estimate (k3) of KL(π_old ‖ π) in a minibatch exceeds 1.5 times the target;
 *      that minibatch takes no gradient step.
 *   8. Adam's ε is 1e-5, as is usual for this algorithm.
 *   9. If a minibatch is the whole batch, rows stay in order.
 *   10. ln ρ counts as 44 at most. Beyond it, the clipped side has gradient 0, and the other one that of ρ = e⁴⁴.
 *   11. With a magnet, τ·E[KL(π ‖ magnet)] is added to the loss. The magnet begins as the untrained policy, and becomes the
 *      present one after every so many updates.
 */

import { adam } from "../optim/index.js";
import { choice, flag, int, real, schedule } from "../options.js";
import { explainedVariance } from "../rollout/explained-variance.js";
import { copyRows, inMinibatches } from "../rollout/minibatches.js";
import { normalise } from "../rollout/normalise.js";
import { gae } from "../rollout/returns.js";
import { fused } from "../tensor/fused.js";
import { type ClippedSurrogate, clippedSurrogate, minimum, type Tensor, tensor, weightedSum } from "../tensor/index.js";
import { defineAlgorithm } from "./algorithm.js";
import { Averages } from "./averages.js";
import { limitGradient } from "./limit-gradient.js";
import { magnetOf, magnetOptions } from "./magnet.js";
import { collectSteps, finalValues, networksFor, rewardScalingFor, valuesInParts } from "./networks.js";
import { ppoPresets } from "./ppo-presets.js";
import { scheduleOf } from "./scheduled.js";
import * as shared from "./shared-options.js";
import { valueLoss } from "./value-loss.js";

const options = {
  envs: shared.envs(8),
  rolloutSteps: shared.rolloutSteps(128, { scale: "powers-of-two", from: 32, to: 1024 }),
  minibatchSize: int(256, {
    min: 1,
    max: 10_000_000,
    help: "steps for one gradient step; the whole batch where it has fewer",
    search: { scale: "powers-of-two", from: 64, to: 512 },
  }),
  epochs: int(10, {
    min: 1,
    max: 10_000,
    help: "times that an update goes through its batch",
    search: { scale: "integer", from: 3, to: 20 },
  }),
  gamma: shared.gamma(0.99),
  lambda: shared.lambda(0.95),
  clipRange: schedule(0.2, {
    min: 0,
    help: "ε: how far the ratio may move from 1 before its gradient stops",
    search: { scale: "linear", from: 0.1, to: 0.3 },
  }),
  finalClipRange: real(1, {
    min: 0,
    max: 1,
    help: "share of the clip range that is left at the end of the run. Not for a range that is a function",
  }),
  clipValues: flag(false, { help: "keep new values within the clip range of the old ones" }),
  normaliseAdvantages: choice("minibatch", {
    choices: ["minibatch", "batch", "none"],
    help: "over what advantages are brought to mean 0 and deviation 1",
  }),
  entropyBonus: shared.entropyBonus(0),
  ...magnetOptions,
  valueCoefficient: shared.valueCoefficient(0.5),
  maxGradNorm: shared.maxGradNorm(0.5),
  targetKl: real(0, { min: 0, help: "an update ends early when the policy has moved 1.5 times as far. 0: no limit" }),
  learningRate: shared.learningRate(3e-4),
  finalLearningRate: shared.finalLearningRate(1),
  ...shared.networkOptions,
  ...shared.sharingOptions,
  scaleRewards: shared.scaleRewards(false),
};

/** The largest ln ρ that counts. Beyond it, ρ and sums of ρ would leave float32. */
const MOST_LOG_RATIO = 44;

/**
 * The mean of min(ρA, clip(ρ, 1 - ε, 1 + ε)·A), and how far the policy has moved: two estimates of KL(π_old ‖ π), and the
 * fraction of steps with a ratio outside 1 ± ε.
 */
export const surrogate = fused((logProb: Tensor, oldLogProb: Tensor, A: Tensor, epsilon: number): ClippedSurrogate => {
  const logRatio = logProb.sub(oldLogProb);
  // Not a clamp, whose gradient is 0 beyond the bound: a bad action that became e⁴⁴ times as likely must be unlearned.
  const beyond = logRatio.sub(MOST_LOG_RATIO).relu().detach();
  const ratio = logRatio.sub(beyond).exp();
  const clipped = ratio.clamp(1 - epsilon, 1 + epsilon);
  const ratios = ratio.toArray();
  return {
    gain: minimum(ratio.mul(A), clipped.mul(A)).mean(),
    klK1: -logRatio.detach().mean().item(),
    klK3: ratio.detach().sub(1).sub(logRatio.detach()).mean().item(),
    clipFraction: ratios.filter((rho) => Math.abs(rho - 1) > epsilon).length / ratios.length,
  };
}, clippedSurrogate);

/** Proximal policy optimisation. */
export const ppo = defineAlgorithm({
  name: "ppo",
  summary: "proximal policy optimisation: several passes over each batch, with the ratio to the old policy clipped",
  options,
  presets: ppoPresets,
  collect: collectSteps,

  create(context) {
    const { options, rng } = context;
    const networks = networksFor(context);
    const { policy, parameters } = networks;
    const { gamma, lambda, minibatchSize, targetKl, normaliseAdvantages: over } = options;
    const { valueCoefficient: c1, entropyBonus: c2 } = options;
    const rate = scheduleOf(options.learningRate, options.finalLearningRate);
    const clipping = scheduleOf(options.clipRange, options.finalClipRange);
    const optimizer = adam(parameters, { learningRate: rate(0), eps: 1e-5 });
    const { magnetKl: tau, magnetUpdates } = options;
    const magnet = tau > 0 ? magnetOf(policy, networksFor(context).policy, magnetUpdates) : undefined;

    return {
      policy,
      weights: [...parameters, ...(magnet?.weights ?? [])],
      optimizers: [optimizer],
      valuesOf: networks.valuesOf,
      rewardScaling: rewardScalingFor(options),

      *update(batch, progress, explain) {
        const V = yield* valuesInParts(batch, networks.valuesOf);
        const following = finalValues(networks, batch);
        const advantages = gae(batch.rewards, V, batch.segments, { gamma, lambda, finalValues: following });
        const returns = advantages.map((advantage, t) => advantage + V[t]);
        const whole = minibatchSize >= batch.size;
        if (over === "batch" || (over === "minibatch" && whole)) normalise(advantages);
        // Advantages as minibatches weigh them, for whoever wants to see the update.
        const weighed = over === "minibatch" && !whole ? new Float64Array(batch.size) : advantages;
        const steps = { ...batch, values: tensor(V), advantages, returns: tensor(returns) };

        optimizer.learningRate = rate(progress);
        const clipRange = clipping(progress);
        const averages = new Averages();
        yield;

        let movedFar = false;
        for (let epoch = 0; epoch < options.epochs && !movedFar; epoch++) {
          for (const part of inMinibatches(steps, minibatchSize, rng)) {
            if (over === "minibatch" && !whole) normalise(part.advantages);
            const A = tensor(part.advantages);
            const { pi, values } = networks.forward(part);
            const logProb = pi.logProb(part.actions);
            const { gain, klK1, klK3, clipFraction } = surrogate(logProb, part.logProbs, A, clipRange);
            movedFar = targetKl > 0 && klK3 > 1.5 * targetKl;
            if (movedFar) break;
            if (explain !== undefined) copyRows(part.advantages, part.rows, weighed);
            const clip = options.clipValues ? { old: part.values, clipRange } : undefined;
            const error = valueLoss(values, part.returns, clip);
            const entropy = pi.entropy().mean();
            const pull = magnet?.divergence(pi, part).mean();
            const loss = weightedSum([-1, gain], [c1, error], [-c2, entropy], ...(pull ? [[tau, pull] as const] : []));
            yield;

            optimizer.zeroGrad();
            loss.backward();
            const gradientNorm = limitGradient(parameters, options.maxGradNorm);
            optimizer.step(gradientNorm);
            averages.add({
              loss: loss.item(),
              gain: gain.item(),
              entropy: entropy.item(),
              gradientNorm,
              valueLoss: error.item(),
              klK1,
              klK3,
              clipFraction,
              ...(pull && { magnetKl: pull.item() }),
            });
            yield;
          }
        }
        magnet?.updated();
        const { gain, valueLoss: error, entropy } = averages.means("gain", "valueLoss", "entropy");
        const pulled = magnet && averages.means("magnetKl");
        explain?.({
          returns,
          baseline: V,
          advantages: weighed,
          clipRange,
          lossParts: [
            { name: "policy", coefficient: -1, value: gain },
            { name: "value", coefficient: c1, value: error },
            { name: "entropy", coefficient: -c2, value: entropy },
            ...(pulled ? [{ name: "magnet", coefficient: tau, value: pulled.magnetKl }] : []),
          ],
        });
        return {
          ...averages.means("loss", "entropy", "gradientNorm", "valueLoss", "klK1", "klK3", "clipFraction"),
          ...pulled,
          learningRate: optimizer.learningRate,
          explainedVariance: explainedVariance(V, returns),
          gradientSteps: averages.count,
        };
      },
    };
  },
});
