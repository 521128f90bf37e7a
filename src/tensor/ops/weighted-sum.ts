import { f32 } from "../../kernels/memory.js";
import { result } from "../graph.js";
import { showShape, TensorError } from "../shape.js";
import { at, full, type Node, type Tensor } from "../tensor.js";

/**
 * Σ wᵢ·xᵢ of tensors of one number, in the given order. It makes a loss of its parts:
 * `weightedSum([-1, gain], [0.5, error])`.
 *
 * A term of weight 0 gets no gradient, so its own backward steps are skipped.
 *
 * @throws TensorError without terms, or if a term has more than one number
 */
export function weightedSum(...terms: readonly (readonly [weight: number, x: Tensor])[]): Tensor {
  if (terms.length === 0) throw new TensorError("weightedSum: needs at least one term");
  let total = 0;
  for (let i = 0; i < terms.length; i++) {
    const [weight, x] = terms[i];
    if (x.size !== 1 || x.dtype !== "float32")
      throw new TensorError(`weightedSum: needs float32 tensors of one number, got ${showShape(x.shape)}`);
    // Each product and each sum is rounded to float32 once, as in the kernels: the float64 product of two float32 is
    // exact.
    const term = Math.fround(Math.fround(weight) * x.item());
    total = i === 0 ? term : Math.fround(total + term);
  }
  const inputs = terms.map(([, x]) => x);
  const y = result([], inputs, terms, weightedSumBackward);
  const place = at(y) >>> 2;
  f32[place] = total;
  return y;
}

/** dxᵢ += wᵢ·dy */
function weightedSumBackward(
  y: Tensor,
  { saved: terms }: Node & { saved: readonly (readonly [weight: number, x: Tensor])[] },
): void {
  const dy = y.grad!.item();
  for (const [weight, x] of terms) {
    if (weight === 0 || !x.requiresGrad) continue;
    x.grad ??= full(x.shape, 0);
    const place = at(x.grad) >>> 2;
    f32[place] += Math.fround(Math.fround(weight) * dy);
  }
}
