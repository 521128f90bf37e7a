/** Learning V by regression. */

import { clipGradNorm, type Optimizer } from "../optim/index.js";
import { fused } from "../tensor/fused.js";
import { maximum, type Tensor, valueError } from "../tensor/index.js";

/**
 * mean((V - G)²). With `clip`, the larger of that error and the error of V clipped to the old V ± ε, step by step. Only V
 * receives a gradient.
 */
export const valueLoss = fused(
  (V: Tensor, G: Tensor, clip?: { readonly old: Tensor; readonly clipRange: number }): Tensor => {
    const error = V.sub(G).square();
    if (clip === undefined) return error.mean();
    const kept = clip.old.add(V.sub(clip.old).clamp(-clip.clipRange, clip.clipRange));
    return maximum(error, kept.sub(G).square()).mean();
  },
  valueError,
);

/** The options of `fitValues`. */
export interface FitOptions {
  readonly targets: Tensor;
  readonly optimizer: Optimizer;
  /** The number of gradient steps. */
  readonly steps: number;
  /** The largest norm of a gradient. 0 means no limit. */
  readonly maxGradNorm: number;
}

/** Fits V to its targets over the whole batch, and yields after each gradient step. Returns the last error. */
export function* fitValues(V: () => Tensor, options: FitOptions): Generator<void, number> {
  const { targets, optimizer, steps, maxGradNorm } = options;
  let error = 0;
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    const loss = valueLoss(V(), targets);
    loss.backward();
    if (maxGradNorm > 0) clipGradNorm(optimizer.parameters, maxGradNorm);
    optimizer.step();
    error = loss.item();
    yield;
  }
  return error;
}
