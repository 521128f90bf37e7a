/**
 * RMSProp (Hinton's lecture of 2012, without momentum), with PyTorch's definition: ε is added after the square root.
 *
 *   v ← αv + (1-α)g²    p ← p - lr · g / (√v + ε)
 *
 * v starts at 0 without a correction, so the first steps are up to 1/√(1-α) times as long as later ones.
 */

import { kernels } from "../kernels/kernels.js";
import { type Tensor, zeros } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { decay, namedStates, type Optimizer, rate, requireArguments, zeroGrad } from "./optimizer.js";
import { requireFiniteGradients } from "./require-finite.js";

/** The settings of `rmsprop`. Defaults: α = 0.99, ε = 1e-8. A2C is usually run with ε = 1e-5. */
export interface RmspropOptions {
  readonly learningRate: number;
  readonly alpha?: number;
  readonly eps?: number;
}

/**
 * RMSProp over these parameters, with PyTorch's definition and defaults, without momentum.
 *
 * @throws ConfigError without parameters, or if α is not in [0, 1), or the learning rate or ε is negative or not finite
 */
export function rmsprop(parameters: readonly Tensor[], options: RmspropOptions): Optimizer {
  requireArguments("rmsprop", parameters, options);
  const { learningRate, alpha = 0.99, eps = 1e-8 } = options;
  rate("rmsprop.learningRate", learningRate);
  decay("rmsprop.alpha", alpha);
  rate("rmsprop.eps", eps);
  const slots = parameters.map((p) => ({ p, v: zeros(p.shape) }));
  return {
    learningRate,
    parameters,
    zeroGrad: () => zeroGrad(parameters),
    step(gradNorm) {
      requireFiniteGradients("rmsprop", parameters, gradNorm);
      for (const { p, v } of slots) {
        if (p.grad === undefined) continue;
        kernels.rmsprop(at(p), at(p.grad), at(v), p.size, this.learningRate, alpha, 1 - alpha, eps);
        p.version++;
      }
    },
    state: () => namedStates(slots, ["v"]),
  };
}
