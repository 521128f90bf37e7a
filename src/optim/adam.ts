/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980), with PyTorch's definition and defaults.
 *
 *   m ← β₁m + (1-β₁)g    v ← β₂v + (1-β₂)g²    p ← p - lr · m̂ / (√v̂ + ε),   m̂ = m/(1-β₁ᵗ),  v̂ = v/(1-β₂ᵗ)
 *
 * With weight decay λ it is AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101): before the step, p ← p·(1 - lr·λ).
 */

import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import { type Tensor, zeros } from "../tensor/index.js";
import { at } from "../tensor/tensor.js";
import { decay, namedStates, type Optimizer, rate, requireArguments, zeroGrad } from "./optimizer.js";
import { requireFiniteGradients } from "./require-finite.js";

/** The settings of `adam`. Defaults: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, no weight decay. */
export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
  /** λ: each step multiplies the weights by 1 - lr·λ first, as PyTorch's AdamW does. 0 is Adam. */
  readonly weightDecay?: number;
  /**
   * Which parameters decay; by default all. Language models decay matrices, and neither biases nor gains:
   * `(p) => p.shape.length > 1`.
   */
  readonly decays?: (parameter: Tensor) => boolean;
}

/**
 * Adam over these parameters, with PyTorch's definition and defaults.
 *
 * @throws ConfigError without parameters, or if β₁ or β₂ is not in [0, 1), or the learning rate, ε or λ is negative or
 *   not finite
 */
export function adam(parameters: readonly Tensor[], options: AdamOptions): Optimizer {
  requireArguments("adam", parameters, options);
  const { learningRate, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0, decays = () => true } = options;
  rate("adam.learningRate", learningRate);
  decay("adam.beta1", beta1);
  decay("adam.beta2", beta2);
  rate("adam.eps", eps);
  rate("adam.weightDecay", weightDecay);
  const slots = parameters.map((p) => {
    const decaying = weightDecay > 0 && decays(p);
    return { p, decaying, m: zeros(p.shape), v: zeros(p.shape), steps: zeros([]) };
  });
  return {
    learningRate,
    parameters,
    zeroGrad: () => zeroGrad(parameters),
    step(gradNorm) {
      requireFiniteGradients("adam", parameters, gradNorm);
      // Most parameters have taken the same number of steps, so the factors that depend on it are computed once.
      let computedFor = 0;
      let step = 0;
      let root = 0;
      for (const { p, decaying, m, v, steps } of slots) {
        if (p.grad === undefined) continue;
        const place = at(steps) >>> 2;
        const t = f32[place] + 1;
        f32[place] = t;
        if (t !== computedFor) {
          step = this.learningRate / (1 - power(beta1, t));
          root = Math.sqrt(1 - power(beta2, t));
          computedFor = t;
        }
        if (decaying) kernels.scale(at(p), p.size, 1 - this.learningRate * weightDecay);
        kernels.adam(at(p), at(p.grad), at(m), at(v), p.size, step, beta1, beta2, 1 - beta1, 1 - beta2, root, eps);
        p.version++;
      }
    },
    state: () => namedStates(slots, ["m", "v", "steps"]),
  };
}

/** base^exponent for whole exponents, by repeated squaring: the same bits in every engine. */
function power(base: number, exponent: number): number {
  // Only a tampered checkpoint holds infinity, and halving it would never end.
  if (exponent === Infinity) return 0;
  let result = 1;
  for (let square = base, left = exponent; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}
