/** The advantages of REINFORCE: what each step's ∇ log π is multiplied by. Plain float64 arrays in, plain float64 arrays out. */

import type { Segment } from "../rollout/batch.js";
import { normalise } from "../rollout/normalise.js";
import { discountWeights, wholeEpisodeReturns } from "../rollout/returns.js";
import { BASELINES, dropRounding } from "./baselines.js";

/** The options of `reinforce` that decide the advantages, besides γ. */
export interface ReinforceAdvantageOptions {
  readonly returns: "to-go" | "whole-episode";
  readonly discountWeight: boolean;
  readonly baseline: "none" | "mean" | "leave-one-out" | "episode-mean" | "value";
  readonly normalise: "none" | "episode" | "batch";
}

/** Computes Aₜ from the returns to go, as the options say. `V` holds one number a step for the baseline `value`. */
export function reinforceAdvantages(
  toGo: Float64Array,
  segments: readonly Segment[],
  options: ReinforceAdvantageOptions,
  gamma: number,
  V: ArrayLike<number> | undefined,
): Float64Array {
  const returns = options.returns === "to-go" ? toGo : wholeEpisodeReturns(toGo, segments);
  const b = V ?? BASELINES[options.baseline === "value" ? "none" : options.baseline](returns, segments);
  const advantages = new Float64Array(returns.length);
  for (let t = 0; t < returns.length; t++) advantages[t] = returns[t] - b[t];
  if (options.baseline === "mean" || options.baseline === "episode-mean") dropRounding(advantages, returns);
  if (options.normalise === "batch") normalise(advantages);
  if (options.normalise === "episode")
    for (const { start, end } of segments) normalise(advantages.subarray(start, end));
  if (options.discountWeight && options.returns === "to-go") {
    const weights = discountWeights(segments, toGo.length, gamma);
    for (let t = 0; t < toGo.length; t++) advantages[t] *= weights[t];
  }
  return advantages;
}
