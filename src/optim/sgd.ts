/** Stochastic gradient descent, with PyTorch's momentum: b ← μb + g, p ← p - lr·b. */

import { kernels } from "../kernels/kernels.js";
import { type Tensor, zeros } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { named, type Optimizer, rate, zeroGrad } from "./optimizer.js";

/** What `sgd` is given; no momentum unless told otherwise. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum?: number;
}

/** Stochastic gradient descent over these parameters, with PyTorch's momentum. */
export function sgd(parameters: readonly Tensor[], { learningRate, momentum = 0 }: SgdOptions): Optimizer {
  rate("sgd.learningRate", learningRate);
  rate("sgd.momentum", momentum);
  const slots = parameters.map((p) => ({ p, momentum: zeros(p.shape) }));
  return {
    learningRate,
    parameters,
    zeroGrad: () => zeroGrad(parameters),
    step() {
      for (const { p, momentum: velocity } of slots) {
        if (p.grad === undefined) continue;
        kernels.sgd(at(p), at(p.grad), at(velocity), p.size, this.learningRate, momentum);
        p.version++;
      }
    },
    state: () => named(slots, ["momentum"]),
  };
}
