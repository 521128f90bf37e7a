/**
 * REINFORCE: the Monte-Carlo policy gradient (Williams 1992).
 *
 *   ∇J(θ) ≈ 1/N Σᵢ Σₜ γᵗ (Gₜ - b) ∇ log π(aₜ|sₜ)        Gₜ = rₜ + γ Gₜ₊₁
 *
 * Choices that change results; `reinforce.test.ts` pins each by its number:
 *   1. Sum over the steps of an episode, mean over the N episodes: a long episode weighs more.
 *   2. The γᵗ in front is dropped unless `discountWeight` asks for it, as almost all code does; with it, the estimate is
 *      the gradient of the discounted objective (Thomas 2014; Nota & Thomas 2020, arXiv:1906.07073). Whole-episode returns
 *      are discounted from the first step on, so their estimate is that gradient as it is, and they take no further weight.
 *   3. The baselines `mean` and `episode-mean` contain the sample itself: own-batch mean shrinks the gradient by 1 - 1/N.
 *      `leave-one-out` (Kool et al. 2019) and `value` do not.
 *   4. Normalisation comes after the baseline, over each episode or over the batch; one number alone is left as it is.
 *   5. A truncated episode goes on with V of its last observation where there is a value network; without one it counts
 *      as if nothing followed.
 *   6. The value network is fitted after the policy's step, so an advantage never uses a V that has seen its own return.
 *   7. The entropy bonus is the mean over the batch's steps, in nats, and is added once to the loss of the update.
 */

import { ConfigError } from "../errors.js";
import { orthogonal } from "../nn/index.js";
import { adam, clipGradNorm, linearSchedule } from "../optim/index.js";
import { choice, flag, int, real, sizes, type Values } from "../options.js";
import { mlpPolicy } from "../policies/mlp-policy.js";
import { valueNetwork } from "../policies/value-network.js";
import type { Batch } from "../rollout/batch.js";
import { normalise } from "../rollout/normalise.js";
import { bootstrapValues, discountWeights, returnsToGo, wholeEpisodeReturns } from "../rollout/returns.js";
import { flatSize } from "../spaces/index.js";
import { noGrad, tensor, valueError } from "../tensor/index.js";
import { initialWeights } from "./actor-critic-options.js";
import { defineAlgorithm } from "./algorithm.js";
import { limitGradient } from "./limit-gradient.js";

const options = {
  gamma: real(0.99, { min: 0, max: 1, help: "discount per step" }),
  returns: choice("to-go", {
    choices: ["to-go", "whole-episode"],
    help: "what a step is credited with: rewards from it on, or all of them",
  }),
  discountWeight: flag(false, {
    help: "weigh step t by γᵗ, as the gradient of the discounted objective has it (whole-episode returns do so already)",
  }),
  baseline: choice("value", {
    choices: ["none", "mean", "leave-one-out", "episode-mean", "value"],
    help: "what is subtracted from the return: nothing, the mean over the batch, over the other episodes, over the episode, or a learned V(s)",
  }),
  normalise: choice("none", {
    choices: ["none", "episode", "batch"],
    help: "bring advantages to mean 0 and deviation 1",
  }),
  entropyBonus: real(0, { min: 0, help: "weight of the policy's entropy, in nats" }),
  maxGradNorm: real(0.5, { min: 0, help: "longest gradient; longer ones are scaled down. 0: no limit" }),
  episodesPerUpdate: int(1, { min: 1, max: 100_000, help: "whole episodes for each step of the policy" }),
  learningRate: real(0.003, { min: 0, help: "Adam's step size for the policy" }),
  finalLearningRate: real(0, {
    min: 0,
    max: 1,
    help: "share of the learning rates that is left at the end of the run; 1: constant",
  }),
  hidden: sizes([64, 64], { help: "hidden layers of the policy, and of the value network" }),
  activation: choice("tanh", { choices: ["relu", "tanh", "gelu"], help: "after each hidden layer" }),
  init: choice("orthogonal", {
    choices: ["orthogonal", "kaiming"],
    help: "initial weights: orthogonal with zero biases, or PyTorch's default",
  }),
  valueLearningRate: real(0.003, { min: 0, help: "Adam's step size for the value network" }),
  valueSteps: int(10, { min: 1, max: 10_000, help: "gradient steps of the value network for each step of the policy" }),
};

/** REINFORCE, with every baseline and normalisation of the textbook as a switch. */
export const reinforce = defineAlgorithm({
  name: "reinforce",
  summary: "Monte-Carlo policy gradient, with every baseline and normalisation of the textbook as a switch",
  options,
  presets: {
    default: {
      summary:
        "the settings that work: a value network as the baseline, one episode an update, gradient clipped at 0.5",
      options: {},
      episodes: 1000,
      stopWhenSolved: true,
    },
    exercise: {
      summary:
        "the graded exercise: one episode an update, normalised returns-to-go, learning rate 0.001, gradient clipped at 1",
      options: {
        ...{ baseline: "none", normalise: "episode", episodesPerUpdate: 1, learningRate: 1e-3, finalLearningRate: 1 },
        ...{ maxGradNorm: 1, hidden: [128, 128], activation: "relu", init: "kaiming" },
      },
      episodes: 800,
      stopWhenSolved: false,
    },
    lecture: {
      summary: "the lecture to the letter: learning rate 0.01, no clipping, returns whitened within each episode",
      options: {
        ...{ baseline: "none", normalise: "episode", episodesPerUpdate: 1, learningRate: 1e-2, finalLearningRate: 1 },
        ...{ maxGradNorm: 0, hidden: [128, 128], activation: "relu", init: "kaiming" },
      },
      episodes: 1000,
      stopWhenSolved: false,
      warning:
        "preset lecture: these settings collapse on most seeds (learning rate 0.01 without clipping); `default` is the one that works",
    },
  },

  collect: ({ episodesPerUpdate }) => ({ episodes: episodesPerUpdate }),

  create({ observationSpace, actionSpace, options, rng }) {
    if (options.baseline === "leave-one-out" && options.episodesPerUpdate < 2) {
      throw new ConfigError({
        field: "options.episodesPerUpdate",
        given: options.episodesPerUpdate,
        allowed: "at least 2 with the leave-one-out baseline, which averages the other episodes",
      });
    }
    const network = { hidden: options.hidden, activation: options.activation, rng, ...initialWeights(options.init) };
    const policy = mlpPolicy({ observationSpace, actionSpace, ...network });
    const parameters = policy.parameters();
    const optimizer = adam(parameters, { learningRate: options.learningRate });
    const value =
      options.baseline === "value"
        ? valueNetwork({ inputs: flatSize(observationSpace), ...network, outputInit: orthogonal(1) })
        : undefined;
    const valueOptimizer = adam(value?.parameters() ?? [], { learningRate: options.valueLearningRate });
    const rate = linearSchedule(1, options.finalLearningRate);

    return {
      policy,
      weights: [...parameters, ...valueOptimizer.parameters],
      optimizers: [optimizer, valueOptimizer],

      update(batch, progress) {
        const estimates = value?.valuesOf(batch.finalFeatures) ?? new Float32Array(batch.segments.length);
        const finalValues = bootstrapValues(batch.segments, estimates);
        const toGo = returnsToGo(batch.rewards, batch.segments, options.gamma, finalValues);
        const advantages = advantagesOf(toGo, batch, options, value?.valuesOf(batch.features));

        optimizer.learningRate = options.learningRate * rate(progress);
        optimizer.zeroGrad();
        const pi = policy.distribution(batch.features, batch);
        const gain = pi.logProb(batch.actions).mul(tensor(advantages)).sum().div(batch.segments.length);
        const bonus = options.entropyBonus;
        const entropy = bonus > 0 ? pi.entropy().mean() : noGrad(() => pi.entropy().mean());
        const loss = (bonus > 0 ? gain.add(entropy.mul(bonus)) : gain).neg();
        loss.backward();
        const gradientNorm = limitGradient(parameters, options.maxGradNorm);
        optimizer.step();

        valueOptimizer.learningRate = options.valueLearningRate * rate(progress);
        const targets = tensor(toGo);
        let valueLoss = 0;
        for (let step = 0; value !== undefined && step < options.valueSteps; step++) {
          valueOptimizer.zeroGrad();
          const error = valueError(value.forward(batch.features), targets);
          error.backward();
          if (options.maxGradNorm > 0) clipGradNorm(valueOptimizer.parameters, options.maxGradNorm);
          valueOptimizer.step();
          valueLoss = error.item();
        }
        return {
          loss: loss.item(),
          entropy: entropy.item(),
          gradientNorm,
          learningRate: optimizer.learningRate,
          ...(value === undefined ? {} : { valueLoss }),
        };
      },
    };
  },
});

type Options = Values<typeof options>;

/** Aₜ, as the switches ask for it. */
function advantagesOf(
  toGo: Float64Array,
  batch: Batch,
  options: Options,
  values: Float32Array | undefined,
): Float64Array {
  const { segments, size } = batch;
  const returns = options.returns === "to-go" ? toGo : wholeEpisodeReturns(toGo, segments);
  const baseline = baselineOf(returns, batch, options, values);
  const advantages = returns.map((g, t) => g - baseline[t]);
  if (options.normalise === "batch") normalise(advantages);
  if (options.normalise === "episode")
    for (const { start, end } of segments) normalise(advantages.subarray(start, end));
  if (options.discountWeight && options.returns === "to-go") {
    const weights = discountWeights(segments, size, options.gamma);
    for (let t = 0; t < size; t++) advantages[t] *= weights[t];
  }
  return advantages;
}

function baselineOf(
  returns: Float64Array,
  { segments, size }: Batch,
  options: Options,
  values: Float32Array | undefined,
): ArrayLike<number> {
  if (values !== undefined) return values;
  const baseline = new Float64Array(size);
  if (options.baseline === "none") return baseline;
  const totals = segments.map(({ start, end }) => sumOf(returns.subarray(start, end)));
  const total = sumOf(totals);
  segments.forEach(({ start, end }, i) => {
    const own = end - start;
    const mean = {
      mean: total / size,
      "episode-mean": totals[i] / own,
      "leave-one-out": (total - totals[i]) / (size - own),
    }[options.baseline as "mean" | "episode-mean" | "leave-one-out"];
    baseline.fill(mean, start, end);
  });
  return baseline;
}

function sumOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
