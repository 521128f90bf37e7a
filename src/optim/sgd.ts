/** Stochastic gradient descent, with PyTorch's momentum: b ← μb + g, p ← p - lr·b. */

import { kernels } from "../kernels/kernels.js";
import { type Tensor, zeros } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { namedStates, type Optimizer, rate, requireArguments, zeroGrad } from "./optimizer.js";
import { requireFiniteGradients } from "./require-finite.js";

/** The settings of `sgd`. Default: no momentum. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum?: number;
}

/**
 * Stochastic gradient descent over these parameters, with PyTorch's momentum.
 *
 * @throws ConfigError without parameters, or if the learning rate is negative or not finite, or the momentum is not in [0, 1)
 */
export function sgd(parameters: readonly Tensor[], options: SgdOptions): Optimizer {
  requireArguments("sgd", parameters, options);
  const { learningRate, momentum = 0 } = options;
  rate("sgd.learningRate", learningRate);
  rate("sgd.momentum", momentum);
  const slots = parameters.map((p) => ({ p, momentum: zeros(p.shape) }));
  return {
    learningRate,
    parameters,
    zeroGrad: () => zeroGrad(parameters),
    step(gradNorm) {
      requireFiniteGradients("sgd", parameters, gradNorm);
      for (const { p, momentum: velocity } of slots) {
        if (p.grad === undefined) continue;
        kernels.sgd(at(p), at(p.grad), at(velocity), p.size, this.learningRate, momentum);
        p.version++;
      }
    },
    state: () => namedStates(slots, ["momentum"]),
  };
}
