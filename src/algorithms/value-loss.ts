/** Learning V by regression. */

import { clipGradNorm, type Optimizer } from "../optim/index.js";
import { fused } from "../tensor/fused.js";
import { maximum, type Tensor, valueError } from "../tensor/index.js";

/**
 * mean((V - G)²). With `clip`, the larger of that error and the one of V kept within ±ε of the old V, step by step. The gradient
 * flows to V alone.
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

/** How V is fitted. */
export interface FitOptions {
  readonly targets: Tensor;
  readonly optimizer: Optimizer;
  /** Gradient steps. */
  readonly steps: number;
  /** The longest gradient; 0: no limit. */
  readonly maxGradNorm: number;
}

/** Fits V to its targets over the whole batch, with a pause after each gradient step. Returns the last error. */
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
