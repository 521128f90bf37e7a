/** How noisy the gradient of an update is, measured from parts of its batch (McCandlish et al. 2018, arXiv:1812.06162). */

import type { Learner } from "../algorithms/algorithm.js";
import { calling } from "../algorithms/algorithm-error.js";
import { ConfigError } from "../errors.js";
import { defaultRng } from "../random/index.js";
import { type Batch, releaseBatch } from "../rollout/batch.js";
import { dividedBatch, FEWEST_TO_DIVIDE } from "../rollout/batch-parts.js";
import { slopesOf } from "../tensor/slopes.js";
import { isStepwise } from "./learning.js";
import { createLearner, type Parts } from "./parts.js";
import type { Setup } from "./setup.js";

/** What one measurement adds to the diagnostics of its update. */
interface Noise {
  /** The total variance of the batch's gradient, tr Σ. */
  readonly gradientVariance: number;
  /** |G|²/tr Σ, without the bias of |ĝ|²: it may be negative where noise prevails. Missing where nothing varies. */
  readonly signalToNoise?: number;
  /** The steps of a batch with as much noise as signal. Missing where noise hides the signal. */
  readonly criticalBatch?: number;
}

/** The gradient of a part, and its weight in the mean: its episodes, or its steps. */
export interface PartGradient {
  readonly gradient: Float64Array;
  readonly weight: number;
}

/**
 * The noise of the weighted mean ḡ of K independent gradients gₖ whose variances are Σ₁/wₖ, W = Σ wₖ:
 *
 *   tr Σ = Σ wₖ |gₖ - ḡ|² / (W (K - 1))        |G|² = |ḡ|² - tr Σ        critical batch = steps · tr Σ / |G|²
 *
 * tr Σ and |G|² are unbiased. With equal parts they are those of the paper's appendix A.1 for batches of one part and of all.
 */
export function noiseOf(parts: readonly PartGradient[], steps: number): Noise {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mean = new Float64Array(parts[0].gradient.length);
  for (const { gradient, weight } of parts)
    for (let k = 0; k < mean.length; k++) mean[k] += (weight / weights) * gradient[k];
  let spread = 0;
  for (const { gradient, weight } of parts)
    for (let k = 0; k < mean.length; k++) spread += weight * (gradient[k] - mean[k]) * (gradient[k] - mean[k]);
  const gradientVariance = spread / (weights * (parts.length - 1));
  const square = mean.reduce((sum, slope) => sum + slope * slope, 0) - gradientVariance;
  if (gradientVariance === 0) return { gradientVariance };
  const signalToNoise = square / gradientVariance;
  if (square <= 0) return { gradientVariance, signalToNoise };
  return { gradientVariance, signalToNoise, criticalBatch: steps / signalToNoise };
}

/** Measures the gradient noise of every N-th update of a run, on a learner of its own, so the run's bits stay the same. */
export class GradientNoise {
  private readonly setup: Setup;
  private readonly parts: Parts;
  private readonly every: number;
  /** Has the weights of the run's learner during a measurement. */
  private readonly learner: Learner;

  /** @throws ConfigError unless `every` is a whole number of at least 1, and batches can be divided */
  constructor(setup: Setup, parts: Parts, every: number) {
    if (!Number.isSafeInteger(every) || every < 1)
      throw new ConfigError({ field: "gradientNoise", given: every, allowed: "a whole number of updates, at least 1" });
    requireDivisible(parts);
    this.setup = setup;
    this.parts = parts;
    this.every = every;
    this.learner = createLearner(withoutLimits(setup), parts.env, defaultRng(0));
  }

  /** Measures the batch of an update before it learns from it. It pauses between the parts. Empty where none is due. */
  *measured(batch: Batch, update: number): Generator<void, Partial<Noise>> {
    if (update % this.every !== 0) return {};
    const gradients: PartGradient[] = [];
    const { collect } = this.parts;
    for (const part of dividedBatch(batch)) {
      const weight = "episodes" in collect ? part.segments.length : part.size;
      gradients.push({ gradient: this.gradientOf(part, update), weight });
      releaseBatch(part);
      yield;
    }
    return gradients.length === 0 ? {} : noiseOf(gradients, batch.size);
  }

  /** The gradient of the first gradient step that the algorithm would take on this batch. */
  private gradientOf(batch: Batch, update: number): Float64Array {
    const { learner } = this;
    learner.weights.forEach((weight, i) => void weight.set(this.parts.learner.weights[i].toArray()));
    const parameters = learner.policy.parameters();
    for (const parameter of parameters) parameter.grad = undefined;
    const when = ` at update ${update}, on a part of its batch`;
    calling(this.setup.algorithm, "update", when, () => {
      const updating = learner.update(batch, 0);
      if (!isStepwise(updating)) return;
      while (!parameters.some(({ grad }) => grad !== undefined) && !updating.next().done);
      updating.return?.();
    });
    return slopesOf(parameters);
  }
}

/** The settings with gradients as they are, and the whole batch in one gradient step. */
function withoutLimits(setup: Setup): Setup {
  const { config, algorithm } = setup;
  const limits = { maxGradNorm: 0, minibatchSize: 10_000_000 };
  const own = Object.entries(limits).filter(([name]) => Object.hasOwn(algorithm.options, name));
  return { ...setup, config: { ...config, options: { ...config.options, ...Object.fromEntries(own) } } };
}

function requireDivisible({ collect, learner }: Parts): void {
  const isRecurrent = learner.policy.memory !== undefined;
  const [count, what] =
    "episodes" in collect
      ? [collect.episodes, "episodes"]
      : [isRecurrent ? collect.envs : FEWEST_TO_DIVIDE, "environments"];
  if (count >= FEWEST_TO_DIVIDE) return;
  const given = `batches of ${count} ${count === 1 ? what.slice(0, -1) : what}`;
  const option = what === "episodes" ? "episodesPerUpdate" : "envs";
  const allowed = `batches of at least ${FEWEST_TO_DIVIDE}, as they are measured in parts: set ${option}`;
  throw new ConfigError({ field: "gradientNoise", given, allowed });
}
