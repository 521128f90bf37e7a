/**
 * Independent normal numbers: mean [d] or [m, d], and ln σ [d], which does not depend on the state.
 *
 *   log π(a) = Σ -½((a - μ)/σ)² - ln σ - ½ ln 2π        H = Σ ln σ + ½ ln 2πe  (nats)
 */

import type { Generator } from "../random/generator.js";
import { type Tensor, TensorError, tensor } from "../tensor/index.js";
import { requireNumbers } from "./rows.js";

/** ½ ln 2π */
export const HALF_LOG_2PI = 0.9189385332046727;

/** Independent normal numbers, in one state or in each of m. */
export interface Gaussian {
  readonly mean: Tensor;
  readonly logStd: Tensor;
  /**
   * An action per row, in row-major order: d or m·d numbers. Each takes one draw from the generator.
   *
   * @throws TensorError if a mean or ln σ is NaN
   */
  sample(rng: Generator): Float32Array;
  /** The means. */
  mode(): Float32Array;
  /** log π(action): [] or [m]. */
  logProb(action: Tensor | Float32Array): Tensor;
  /** In nats: a single number, because σ is the same in every state. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ ln σ'/σ + (σ² + (μ - μ')²)/(2σ'²) - ½, in nats: [] or [m]. */
  kl(other: Gaussian): Tensor;
}

/**
 * Normal numbers with the given mean, [d] or [m, d], and ln σ `logStd`, [d]. @throws TensorError if the shapes do not
 * fit
 */
export function gaussian(mean: Tensor, logStd: Tensor): Gaussian {
  const d = mean.shape[mean.shape.length - 1];
  if (logStd.shape.length !== 1 || logStd.shape[0] !== d) {
    throw new TensorError(
      `gaussian: mean [${mean.shape.join(", ")}] needs logStd [${d}], got [${logStd.shape.join(", ")}]`,
    );
  }
  return {
    mean,
    logStd,
    sample(rng) {
      requireNumbers("mean", mean);
      requireNumbers("logStd", logStd);
      const std = logStd.exp().toArray();
      return mean.toArray().map((mu, i) => mu + std[i % d] * rng.standardNormal());
    },
    mode() {
      requireNumbers("mean", mean);
      return mean.toArray();
    },
    logProb(action) {
      const a = action instanceof Float32Array ? tensor(action, mean.shape) : action;
      const z = a.sub(mean).div(logStd.exp());
      return z.square().mul(-0.5).sub(logStd).sub(HALF_LOG_2PI).sum(-1);
    },
    entropy: () => logStd.add(HALF_LOG_2PI + 0.5).sum(),
    kl(other) {
      const ratio = logStd.sub(other.logStd).mul(2).exp();
      const shift = mean.sub(other.mean).div(other.logStd.exp()).square();
      return shift.add(ratio).mul(0.5).add(other.logStd.sub(logStd)).sub(0.5).sum(-1);
    },
  };
}
