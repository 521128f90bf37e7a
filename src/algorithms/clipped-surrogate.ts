/**
 * The clipped surrogate of PPO and what tells how far the policy has moved.
 *
 *   ρ = π(a|s) / π_old(a|s)      gain = mean(min(ρA, clip(ρ, 1 - ε, 1 + ε)·A))
 *
 * KL(π_old ‖ π) is estimated from the sampled actions (Schulman 2020, "Approximating KL divergence"):
 *
 *   k1 = mean(-ln ρ), unbiased, may be negative        k3 = mean((ρ - 1) - ln ρ), never negative, steadier
 */

import type { Tensor } from "../tensor/index.js";

/** What `clippedSurrogate` returns. */
export interface ClippedSurrogate {
  /** To be made as large as possible. */
  readonly gain: Tensor;
  /** Estimates of KL(π_old ‖ π), in nats. */
  readonly klK1: number;
  readonly klK3: number;
  /** The share of steps whose ratio is outside of 1 ± ε. */
  readonly clipFraction: number;
}

/** log π of the actions now and when they were taken, their advantages, and ε: all [m]. */
export function clippedSurrogate(
  logProbs: Tensor,
  oldLogProbs: Tensor,
  advantages: Tensor,
  clipRange: number,
): ClippedSurrogate {
  const logRatio = logProbs.sub(oldLogProbs);
  const ratio = logRatio.exp();
  const clipped = ratio.clamp(1 - clipRange, 1 + clipRange);
  const gain = ratio.mul(advantages).minimum(clipped.mul(advantages)).mean();
  const [ρ, ln] = [ratio.toArray(), logRatio.toArray()];
  let [k1, k3, outside] = [0, 0, 0];
  for (let i = 0; i < ρ.length; i++) {
    k1 -= ln[i];
    k3 += ρ[i] - 1 - ln[i];
    if (Math.abs(ρ[i] - 1) > clipRange) outside++;
  }
  return { gain, klK1: k1 / ρ.length, klK3: k3 / ρ.length, clipFraction: outside / ρ.length };
}

/** mean((V - G)²). With `clip`, the larger of that error and the one of V kept within ±ε of the old V, step by step. */
export function valueError(
  values: Tensor,
  returns: Tensor,
  clip?: { readonly old: Tensor; readonly clipRange: number },
): Tensor {
  const error = values.sub(returns).square();
  if (clip === undefined) return error.mean();
  const near = clip.old.add(values.sub(clip.old).clamp(-clip.clipRange, clip.clipRange));
  return error.maximum(near.sub(returns).square()).mean();
}
