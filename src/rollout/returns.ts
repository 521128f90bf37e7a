/** Computes returns and advantages from rewards. Plain float64 arrays in, plain float64 arrays out. */

import type { Segment } from "./batch.js";

/**
 * Gₜ = rₜ + γ·Gₜ₊₁ within each segment. The return after its last step is `finalValues[segment]`: 0 after a terminal
 * state, otherwise an estimate of what would have followed, or 0 without one.
 */
export function returnsToGo(
  rewards: Float64Array,
  segments: readonly Segment[],
  gamma: number,
  finalValues: ArrayLike<number>,
): Float64Array {
  const returns = new Float64Array(rewards.length);
  segments.forEach(({ start, end }, index) => {
    let following = finalValues[index];
    for (let t = end - 1; t >= start; t--) {
      following = rewards[t] + gamma * following;
      returns[t] = following;
    }
  });
  return returns;
}

/** The value after each segment: the estimate for its last observation, or 0 after a terminal state. */
export function bootstrapValues(segments: readonly Segment[], estimates: ArrayLike<number>): Float64Array {
  const values = new Float64Array(segments.length);
  for (let i = 0; i < values.length; i++) values[i] = segments[i].terminated ? 0 : estimates[i];
  return values;
}

/** Gives each step the return of its whole segment, G₀, as in the policy gradient theorem without causality. */
export function wholeEpisodeReturns(toGo: Float64Array, segments: readonly Segment[]): Float64Array {
  const returns = new Float64Array(toGo.length);
  for (const { start, end } of segments) returns.fill(toGo[start], start, end);
  return returns;
}

/** γᵗ, with t counted from the start of each segment. These weights give the gradient of the discounted objective. */
export function discountWeights(segments: readonly Segment[], size: number, gamma: number): Float64Array {
  const weights = new Float64Array(size);
  for (const { start, end } of segments) {
    let weight = 1;
    for (let t = start; t < end; t++) {
      weights[t] = weight;
      weight *= gamma;
    }
  }
  return weights;
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, arXiv:1506.02438):
 *
 *   δₜ = rₜ + γV(sₜ₊₁) - V(sₜ)        Aₜ = δₜ + γλ·Aₜ₊₁
 *
 * V(sₜ₊₁) after a segment's last step is `finalValues[segment]`, which must be 0 if the episode terminated. λ = 0 gives
 * the one-step advantage, λ = 1 the return minus V.
 */
export function gae(
  rewards: Float64Array,
  values: ArrayLike<number>,
  segments: readonly Segment[],
  { gamma, lambda, finalValues }: { gamma: number; lambda: number; finalValues: ArrayLike<number> },
): Float64Array {
  const advantages = new Float64Array(rewards.length);
  segments.forEach(({ start, end }, index) => {
    let following = 0;
    let nextValue = finalValues[index];
    for (let t = end - 1; t >= start; t--) {
      const delta = rewards[t] + gamma * nextValue - values[t];
      following = delta + gamma * lambda * following;
      advantages[t] = following;
      nextValue = values[t];
    }
  });
  return advantages;
}
