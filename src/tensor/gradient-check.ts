/** Checks gradients against central differences: (f(x + h) - f(x - h)) / 2h. */

import { backward } from "./graph.js";
import { TensorError } from "./shape.js";
import type { Tensor } from "./tensor.js";

/**
 * Compares the gradient of a loss with finite differences, for every element of every parameter.
 *
 * @param loss computes a tensor of one number from the parameters, anew at each call
 * @param h the step. float32 loses about 1e-7·|loss|/h to rounding, so a large step and a small, smooth loss work best
 * @returns the largest |gradient - difference| / max(1, |difference|)
 * @throws TensorError naming the parameter and the element if the error exceeds `tolerance`
 */
export function gradientCheck(
  loss: () => Tensor,
  parameters: readonly Tensor[],
  { h = 1e-2, tolerance = 2e-3 }: { h?: number; tolerance?: number } = {},
): number {
  for (const p of parameters) p.grad = undefined;
  backward(loss());
  const gradients = parameters.map((p) => p.grad?.toArray() ?? new Float32Array(p.size));
  let worst = 0;
  for (const [which, p] of parameters.entries()) {
    const values = p.toArray();
    for (let i = 0; i < p.size; i++) {
      const difference = (shifted(loss, p, values, i, h) - shifted(loss, p, values, i, -h)) / (2 * h);
      const error = Math.abs(gradients[which][i] - difference) / Math.max(1, Math.abs(difference));
      worst = Math.max(worst, error);
      if (!(error <= tolerance)) {
        throw new TensorError(
          `gradient of ${p.name ?? `parameter ${which}`} at element ${i}: backward says ${gradients[which][i]}, finite differences say ${difference}`,
        );
      }
    }
    p.set(values);
  }
  return worst;
}

function shifted(loss: () => Tensor, p: Tensor, values: Float32Array, i: number, by: number): number {
  const moved = values.slice();
  moved[i] += by;
  p.set(moved);
  return loss().item();
}
