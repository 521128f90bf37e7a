/**
 * A choice among n, from logits [n] or [m, n].
 *
 *   log π(a) = logits[a] - ln Σ exp(logits)        H = -Σ π ln π  (nats)
 */

import { at as address, Tensor } from "../tensor/tensor.js";
import { kernels } from "../kernels/kernels.js";
import { f32 } from "../kernels/memory.js";
import type { Generator } from "../random/generator.js";
import { divergenceOf, entropyOf, gather, indices, logSoftmax, TensorError } from "../tensor/index.js";

/** A choice among n, in one state or in each of m. */
export interface Categorical {
  /** log π of every action, [n] or [m, n]. */
  readonly logProbs: Tensor;
  /** One action, for logits [n]. Draws one number from the generator. */
  sample(rng: Generator): number;
  /** One action a row, for logits [m, n]. Draws one number a row. */
  sampleRows(rng: Generator): Int32Array;
  /** The likeliest action; the first of those that tie. */
  mode(): number;
  /** log π(action): [] or [m]. */
  logProb(action: Tensor | readonly number[] | Int32Array | number): Tensor;
  /** In nats: [] or [m]. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ π (ln π - ln π'), in nats: [] or [m]. */
  kl(other: Categorical): Tensor;
}

/** The distribution that logits [n] or [m, n] describe: π = softmax(logits). */
export function categorical(logits: Tensor): Categorical {
  const logProbs = logSoftmax(logits);
  const n = logits.shape[logits.shape.length - 1];
  const draw = (row: number, rng: Generator): number => {
    const scratch = new Tensor([n + 1]);
    return kernels.categorical_sample(
      address(scratch),
      address(scratch) + 4,
      address(logits) + row * n * 4,
      n,
      rng.random(),
    );
  };
  const single = (method: string): void => {
    if (logits.shape.length !== 1)
      throw new TensorError(`categorical.${method}: needs logits of one state, [n]; got [${logits.shape.join(", ")}]`);
  };
  return {
    logProbs,
    sample(rng) {
      single("sample");
      return draw(0, rng);
    },
    sampleRows: (rng) => Int32Array.from({ length: logits.size / n }, (_, row) => draw(row, rng)),
    mode() {
      single("mode");
      const start = address(logits) >>> 2;
      let best = 0;
      for (let j = 1; j < n; j++) if (f32[start + j] > f32[start + best]) best = j;
      return best;
    },
    logProb: (action) => gather(logProbs, action instanceof Int32Array ? indices(action) : action),
    entropy: () => entropyOf(logProbs),
    kl: (other) => divergenceOf(logProbs, other.logProbs),
  };
}
