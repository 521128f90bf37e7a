/**
 * REINFORCE: the Monte-Carlo policy gradient (Williams 1992).
 *
 *   ∇J(θ) ≈ 1/N Σᵢ Σₜ wₜ (Gₜ - b) ∇ log π(aₜ|sₜ)        Gₜ = rₜ + γ Gₜ₊₁        wₜ = 1, or γᵗ
 *
 * Choices that change results; `reinforce.test.ts` pins each by its number:
 *   1. The loss is the sum over the steps of an episode and the mean over the N episodes, so a long episode weighs more.
 *   2. The factor γᵗ is left out, as in almost all code, unless `discountWeight` is set. With it, the estimate is the
 *      gradient of the discounted objective (Thomas 2014; Nota & Thomas 2020, arXiv:1906.07073). Whole-episode returns are
 *      discounted from the first step, so they give that gradient without further weights.
 *   3. The baselines `mean` and `episode-mean` contain the sample itself, which biases the estimate. `mean` shrinks the
 *      gradient by 1 - 1/N if all returns of an episode are equal and all episodes equally long; otherwise it also
 *      changes the direction. `leave-one-out` (Kool et al. 2019) and `value` have no such bias.
 *      Where a mean equals every return, exactly 0 is left of them.
 *   4. Normalisation comes after the baseline, over each episode or over the batch. A single number is left unchanged.
 *   5. With a value network, a truncated episode is bootstrapped with V of its last observation. Without one, it is treated
 *      as terminated.
 *   6. The value network is fitted after the policy's step, so an advantage never uses a V that has seen its own return.
 *   7. The entropy bonus has the units of the gain: the sum over the steps of an episode and the mean over the N episodes,
 *      in nats. So at each step β nats weigh against Aₜ, as in algorithms whose gain and bonus are both means over steps.
 */

import { ConfigError } from "../errors.js";
import { orthogonal } from "../nn/index.js";
import { adam } from "../optim/index.js";
import { choice, flag, int, real } from "../options.js";
import { type LayerOptions, mlpPolicy } from "../policies/mlp-policy.js";
import { valueNetwork } from "../policies/value-network.js";
import { bootstrapValues, returnsToGo } from "../rollout/returns.js";
import { flatSize } from "../spaces/index.js";
import { noGrad, tensor } from "../tensor/index.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";
import { initialWeights, valuesInParts } from "./networks.js";
import { reinforceAdvantages } from "./reinforce-advantages.js";
import { reinforceNoGradient } from "./reinforce-gradient.js";
import { reinforcePresets } from "./reinforce-presets.js";
import { scheduleOf } from "./scheduled.js";
import * as shared from "./shared-options.js";
import { fitValues } from "./value-loss.js";

const options = {
  gamma: shared.gamma(0.99),
  returns: choice("to-go", {
    choices: ["to-go", "whole-episode"],
    help: "what a step is credited with: rewards from it on, or all of them",
  }),
  discountWeight: flag(false, {
    help: "weigh step t by γᵗ, as the gradient of the discounted objective has it (whole-episode returns do so already)",
  }),
  baseline: choice("value", {
    choices: ["none", "mean", "leave-one-out", "episode-mean", "value"],
    help: "what is subtracted from the return: nothing, the mean over the batch, over the other episodes, over the episode (which may learn the wrong action where gamma < 1), or a learned V(s)",
  }),
  normalise: choice("none", {
    choices: ["none", "episode", "batch"],
    help: "bring advantages to mean 0 and deviation 1; over an episode this may learn the wrong action where gamma < 1",
    search: ["none", "batch"],
  }),
  entropyBonus: real(0, {
    min: 0,
    help: "weight of the policy's entropy at each step, in nats, beside its advantage",
    search: { scale: "log", from: 1e-5, to: 0.03 },
  }),
  maxGradNorm: shared.maxGradNorm(0.5),
  episodesPerUpdate: int(1, {
    min: 1,
    max: 100_000,
    help: "whole episodes for each step of the policy",
    search: { scale: "powers-of-two", from: 1, to: 16 },
  }),
  learningRate: shared.learningRate(0.003),
  finalLearningRate: shared.finalLearningRate(0),
  ...shared.layerOptions,
  scaleActions: shared.scaleActionsOption,
  logStd: shared.logStd,
  valueLearningRate: shared.valueLearningRate(0.003),
  valueSteps: shared.valueSteps(10),
};

/** REINFORCE, with the textbook's baselines and normalisations as options. */
export const reinforce = defineAlgorithm({
  name: "reinforce",
  summary: "Monte-Carlo policy gradient, with every baseline and normalisation of the textbook as a switch",
  options,
  presets: reinforcePresets,
  collect: ({ episodesPerUpdate }) => ({ episodes: episodesPerUpdate }),
  noGradient: reinforceNoGradient,

  create({ observationSpace, actionSpace, options, rng, features }) {
    if (options.baseline === "leave-one-out" && options.episodesPerUpdate < 2) {
      throw new ConfigError({
        field: "options.episodesPerUpdate",
        given: options.episodesPerUpdate,
        allowed: "at least 2 with the leave-one-out baseline, which averages the other episodes",
      });
    }
    const { hidden, activation, scaleActions, logStd, maxGradNorm, entropyBonus } = options;
    const layers: LayerOptions = { hidden, activation, rng, features, ...initialWeights(options.init) };
    const policy = mlpPolicy({ observationSpace, actionSpace, scaleActions, logStd, ...layers });
    const parameters = policy.parameters();
    const rate = scheduleOf(options.learningRate, options.finalLearningRate);
    const valueRate = scheduleOf(options.valueLearningRate, options.finalLearningRate);
    const optimizer = adam(parameters, { learningRate: rate(0) });
    const value =
      options.baseline === "value"
        ? valueNetwork({
            ...layers,
            observationSpace,
            inputs: flatSize(observationSpace),
            hidden: options.valueHidden ?? hidden,
            outputInit: orthogonal(1),
          })
        : undefined;
    const valueOptimizer = value && adam(value.parameters(), { learningRate: valueRate(0) });

    return {
      policy,
      weights: [...parameters, ...(valueOptimizer?.parameters ?? [])],
      optimizers: valueOptimizer === undefined ? [optimizer] : [optimizer, valueOptimizer],
      valuesOf: value && (({ features }) => value.valuesOf(features)),

      *update(batch, progress, explain) {
        const { rewards, segments, features: states, actions } = batch;
        const V = value && (yield* valuesInParts(batch, ({ features }) => value.valuesOf(features)));
        const following = value?.valuesOf(batch.finalFeatures) ?? new Float32Array(segments.length);
        const toGo = returnsToGo(rewards, segments, options.gamma, bootstrapValues(segments, following));
        const advantages = reinforceAdvantages(toGo, segments, options, options.gamma, V);

        optimizer.learningRate = rate(progress);
        optimizer.zeroGrad();
        const pi = policy.distribution(batch);
        const gain = pi.logProb(actions).mul(tensor(advantages)).sum().div(segments.length);
        const entropies = entropyBonus > 0 ? pi.entropy() : noGrad(() => pi.entropy());
        const entropy = noGrad(() => entropies.mean());
        const bonus = entropyBonus / segments.length;
        const loss = (entropyBonus > 0 ? gain.add(entropies.sum().mul(bonus)) : gain).neg();
        explain?.({
          returns: toGo,
          baseline: V,
          advantages,
          lossParts: [
            { name: "policy", coefficient: -1, value: gain.item() },
            { name: "entropy", coefficient: -entropyBonus, value: (entropy.item() * batch.size) / segments.length },
          ],
        });
        yield;

        loss.backward();
        const gradientNorm = limitGradient(parameters, maxGradNorm);
        optimizer.step(gradientNorm);
        yield;

        const figures = {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          learningRate: optimizer.learningRate,
        };
        if (value === undefined || valueOptimizer === undefined) return figures;
        valueOptimizer.learningRate = valueRate(progress);
        const valueLoss = yield* fitValues(() => value.forward(states), {
          targets: tensor(toGo),
          optimizer: valueOptimizer,
          steps: options.valueSteps,
          maxGradNorm,
        });
        return { ...figures, valueLoss };
      },
    };
  },
});
