/**
 * The two losses of PPO, each one operation: a kernel computes the value and its slope in one pass, and the way back scales
 * the slope. The tests hold both to what they are made of: exp, clamp, minimum, maximum, square, mean.
 */

import { release } from "../../kernels/heap.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import { gradient, result } from "../graph.js";
import { sameShape, showShape, TensorError } from "../shape.js";
import { at, type Node, Tensor } from "../tensor.js";

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

/** Where the kernel puts what it finds besides slopes. */
let figures: Tensor | undefined;

/**
 * The clipped surrogate of PPO (Schulman et al. 2017, arXiv:1707.06347) and what tells how far the policy has moved.
 *
 *   ρ = π(a|s) / π_old(a|s)      gain = mean(min(ρA, clip(ρ, 1 - ε, 1 + ε)·A))
 *
 * KL(π_old ‖ π) is estimated from the sampled actions (Schulman 2020, "Approximating KL divergence"):
 *
 *   k1 = mean(-ln ρ), unbiased, may be negative        k3 = mean((ρ - 1) - ln ρ), never negative, steadier
 *
 * @param logProbs log π of the actions now, [m]; the gradient flows to it alone
 * @param oldLogProbs the same when they were taken, [m]
 * @param advantages A, [m]
 * @param clipRange ε
 */
export function clippedSurrogate(
  logProbs: Tensor,
  oldLogProbs: Tensor,
  advantages: Tensor,
  clipRange: number,
): ClippedSurrogate {
  requireAlike("clippedSurrogate", [logProbs, oldLogProbs, advantages]);
  const slope = new Tensor(logProbs.shape);
  const gain = result([], [logProbs], slope, slopeBackward);
  const [low, high] = [1 - clipRange, 1 + clipRange];
  figures ??= new Tensor([4]);
  const [found, l, old, a] = [at(figures), at(logProbs), at(oldLogProbs), at(advantages)];
  const [first, place] = [found >>> 2, at(gain) >>> 2];
  kernels.clipped_surrogate(found, at(slope), l, old, a, logProbs.size, low, high);
  f32[place] = f32[first];
  if (gain.node === undefined) release(slope.block);
  return { gain, klK1: f32[first + 1], klK3: f32[first + 2], clipFraction: f32[first + 3] };
}

/**
 * mean((V - G)²). With `clip`, the larger of that error and the one of V kept within ±ε of the old V, step by step. The
 * gradient flows to V alone.
 */
export function valueError(
  values: Tensor,
  returns: Tensor,
  clip?: { readonly old: Tensor; readonly clipRange: number },
): Tensor {
  requireAlike("valueError", clip === undefined ? [values, returns] : [values, returns, clip.old]);
  const slope = new Tensor(values.shape);
  const error = result([], [values], slope, slopeBackward);
  const [v, g, old] = [at(values), at(returns), clip === undefined ? 0 : at(clip.old)];
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
