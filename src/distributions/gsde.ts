/**
 * Generalised state-dependent exploration (Raffin, Kober & Stulp 2021, arXiv:2005.05719). The noise is a function of
 * the state and stays the same function for several steps, so it does not shake a motor at every step.
 *
 *   a = μ + z·E,    E_ij ~ N(0, σ_ij²) drawn anew every few steps,    log π(a) = Σ log N(a; μ, s),    s² = z² · σ² + 1e-6
 *
 * z [L] are the features from which the mean is computed, the output of the last hidden layer; σ = exp(logStd) is [L,
 * d]. The variance treats z as a constant: no gradient flows from it into the layers below.
 */

import type { Generator } from "../random/generator.js";
import { type Tensor, TensorError, tensor } from "../tensor/index.js";
import { HALF_LOG_2PI } from "./gaussian.js";
import { requireNumbers } from "./rows.js";

/** Keeps the variance above 0 if all features are 0. */
export const SMALLEST_VARIANCE = 1e-6;

/** Normal numbers with state-dependent deviations, in one state or in each of m. */
export interface Gsde {
  readonly mean: Tensor;
  /** s², [d] or [m, d]. */
  readonly variance: Tensor;
  /** μ + z·E in row-major order: the action under an exploration matrix E [L, d]. Draws nothing. */
  sample(exploration: Tensor): Float32Array;
  mode(): Float32Array;
  /** log π(action), marginalised over E: [] or [m]. */
  logProb(action: Tensor | Float32Array): Tensor;
  /** Σ ln s + ½ ln 2πe, in nats: [] or [m]. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ ½ (s² + (μ - μ')²)/s'² - ½ - ½ ln s²/s'², in nats: [] or [m]. */
  kl(other: Gsde): Tensor;
}

/**
 * Normal numbers with the given mean, [d] or [m, d], and the deviations that follow from features z, [L] or [m, L], and
 * ln σ, [L, d].
 *
 * @throws TensorError if the shapes do not fit together
 */
export function gsde(mean: Tensor, latent: Tensor, logStd: Tensor): Gsde {
  const L = latent.shape[latent.shape.length - 1];
  const d = mean.shape[mean.shape.length - 1];
  if (logStd.shape.join() !== `${L},${d}` || latent.shape.slice(0, -1).join() !== mean.shape.slice(0, -1).join()) {
    const shapes = [mean, latent, logStd].map(({ shape }) => `[${shape.join(", ")}]`).join(", ");
    throw new TensorError(`gsde: needs mean [m, d], features [m, L] and logStd [L, d], got ${shapes}`);
  }
  const features = latent.detach().reshape([-1, L]);
  const variance = features.square().matmul(logStd.mul(2).exp()).add(SMALLEST_VARIANCE).reshape(mean.shape);
  return {
    mean,
    variance,
    sample(exploration) {
      requireNumbers("mean", mean);
      return features.matmul(exploration).reshape(mean.shape).add(mean).toArray();
    },
    mode() {
      requireNumbers("mean", mean);
      return mean.toArray();
    },
    logProb(action) {
      const a = action instanceof Float32Array ? tensor(action, mean.shape) : action;
      return a.sub(mean).square().div(variance).add(variance.log()).mul(-0.5).sub(HALF_LOG_2PI).sum(-1);
    },
    entropy: () =>
      variance
        .log()
        .mul(0.5)
        .add(HALF_LOG_2PI + 0.5)
        .sum(-1),
    kl(other) {
      const shift = mean.sub(other.mean).square().add(variance).div(other.variance);
      return shift.sub(variance.div(other.variance).log()).sub(1).mul(0.5).sum(-1);
    },
  };
}

/** An exploration matrix [L, d]: normal numbers, drawn row by row, with mean 0 and deviations exp(logStd). */
export function explorationMatrix(logStd: Tensor, rng: Generator): Tensor {
  const noise = rng.standardNormal(logStd.size);
  return tensor(
    logStd
      .exp()
      .toArray()
      .map((std, i) => std * noise[i]),
    logStd.shape,
  );
}
