/**
 * The two losses of PPO as one operation each. A kernel computes the value and its slope in one pass, and the backward
 * step scales the slope. The tests compare both with their parts: exp, clamp, minimum, maximum, square, mean.
 */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import { gradient, result } from "../graph.js";
import { sameShape, showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

/** The gain, and measures of how far the policy has moved. */
export interface ClippedSurrogate {
  /** The surrogate objective, to be maximised. */
  readonly gain: Tensor;
  /** Estimates of KL(π_old ‖ π), in nats. */
  readonly klK1: number;
  readonly klK3: number;
  /** The fraction of steps with a ratio outside 1 ± ε. */
  readonly clipFraction: number;
}

/** The kernel's results other than slopes. */
let figures: Tensor | undefined;

/**
 * The clipped surrogate of PPO (Schulman et al. 2017, arXiv:1707.06347), with measures of how far the policy has moved.
 *
 *   ρ = π(a|s) / π_old(a|s)      gain = mean(min(ρA, clip(ρ, 1 - ε, 1 + ε)·A))
 *
 * ln ρ counts as 44 at most, so that neither ρ ≈ 1e19 nor a sum over the batch leaves float32. A move that far in the
 * wrong direction (A < 0) still has the slope ρA, the steepest there is; in the other direction the step is clipped to 0.
 *
 * KL(π_old ‖ π) is estimated from the sampled actions (Schulman 2020, "Approximating KL divergence"):
 *
 *   k1 = mean(-ln ρ), unbiased, may be negative        k3 = mean((ρ - 1) - ln ρ), never negative, less variance
 *
 * @param logProbs log π(a|s) under the current policy, [m]; only this tensor receives a gradient
 * @param oldLogProbs log π_old(a|s) under the policy that chose the actions, [m]
 * @param advantages A, [m]
 * @param clipRange ε
 * @param upperRange another ε for the upper bound, 1 + ε (Yu et al. 2025, arXiv:2503.14476, choose a larger one)
 * @throws TensorError unless all three have one shape that is not empty
 */
export function clippedSurrogate(
  logProbs: Tensor,
  oldLogProbs: Tensor,
  advantages: Tensor,
  clipRange: number,
  upperRange: number = clipRange,
): ClippedSurrogate {
  requireAlike("clippedSurrogate", [logProbs, oldLogProbs, advantages]);
  const slope = new Tensor(logProbs.shape);
  const gain = result([], [logProbs], slope, slopeBackward);
  const low = 1 - clipRange;
  const high = 1 + upperRange;
  figures ??= new Tensor([4]);
  const found = at(figures);
  const l = at(logProbs);
  const old = at(oldLogProbs);
  const a = at(advantages);
  const first = found >>> 2;
  const place = at(gain) >>> 2;
  kernels.clipped_surrogate(found, at(slope), l, old, a, logProbs.size, low, high);
  f32[place] = f32[first];
  if (gain.node === undefined) release(slope.block);
  return { gain, klK1: f32[first + 1], klK3: f32[first + 2], clipFraction: f32[first + 3] };
}

/**
 * mean((V - G)²). With `clip`, the larger of that error and the value loss clipped to the old V ± ε, step by step. Only
 * V receives a gradient.
 *
 * @throws TensorError unless all tensors have one shape that is not empty
 */
export function valueError(
  values: Tensor,
  returns: Tensor,
  clip?: { readonly old: Tensor; readonly clipRange: number },
): Tensor {
  requireAlike("valueError", clip === undefined ? [values, returns] : [values, returns, clip.old]);
  const slope = new Tensor(values.shape);
  const error = result([], [values], slope, slopeBackward);
  const v = at(values);
  const g = at(returns);
  const old = clip === undefined ? 0 : at(clip.old);
  const place = at(error) >>> 2;
  const mean = kernels.value_error(at(slope), v, g, old, values.size, clip?.clipRange ?? 0);
  f32[place] = mean;
  if (error.node === undefined) release(slope.block);
  return error;
}

/** dx += dy · slope */
function slopeBackward(y: Tensor, { inputs: [x], saved: slope }: Node & { saved: Tensor }): void {
  const dx = gradient(x);
  kernels.add_scaled(at(dx), at(slope), x.size, y.grad!.item());
  release(slope.block);
}

function requireAlike(operation: string, given: readonly Tensor[]): void {
  for (const { shape, dtype, size } of given) {
    if (!sameShape(shape, given[0].shape) || dtype !== "float32" || size === 0)
      throw new TensorError(
        `${operation}: needs float32 tensors of one shape that is not empty, got ${given.map((x) => showShape(x.shape)).join(", ")}`,
      );
  }
}
