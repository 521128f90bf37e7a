/**
 * A choice among n, from logits [n] or [m, n].
 *
 *   log π(a) = logits[a] - ln Σ exp(logits)        H = -Σ π ln π  (nats)
 *
 * Actions that a mask forbids take no part in the sums.
 */

import type { Generator } from "../random/generator.js";
import { divergenceOf, entropyOf, gather, indices, logSoftmax, type Tensor, TensorError } from "../tensor/index.js";
import { maskedLogits } from "./mask.js";
import { drawFromRow, likeliestOfRow } from "./rows.js";

/** A choice among n, in one state or in each of m. */
export interface Categorical {
  /** log π of every action, [n] or [m, n]. */
  readonly logProbs: Tensor;
  /** One action, for logits [n]. Takes one draw from the generator. @throws TensorError if a logit is NaN */
  sample(rng: Generator): number;
  /** One action per row, for logits [m, n]. Takes one draw per row. @throws TensorError if a logit is NaN */
  sampleRows(rng: Generator): Int32Array;
  /** The most likely action, for logits [n]; the first, if several tie. */
  mode(): number;
  /** log π(action): [] or [m]. */
  logProb(action: Tensor | readonly number[] | Int32Array | number): Tensor;
  /** In nats: [] or [m]. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ π (ln π - ln π'), in nats: [] or [m]. */
  kl(other: Categorical): Tensor;
}

/**
 * The distribution π = softmax(logits), for logits [n] or [m, n].
 *
 * With a mask of the same shape, actions at its zeros have probability 0. Their logits become -1e8, get no gradient,
 * and add nothing to the entropy (Huang & Ontañón 2022, arXiv:2006.14171).
 *
 * @throws TensorError if the mask has another shape, or one of its rows allows no action
 */
export function categorical(logits: Tensor, mask?: Tensor): Categorical {
  const n = logits.shape[logits.shape.length - 1];
  const scores = mask === undefined ? logits : maskedLogits(logits, mask, n);
  const logProbs = logSoftmax(scores);
  const single = (method: string): void => {
    if (logits.shape.length !== 1)
      throw new TensorError(`categorical.${method}: needs logits of one state, [n]; got [${logits.shape.join(", ")}]`);
  };
  return {
    logProbs,
    sample(rng) {
      single("sample");
      return drawFromRow(scores, 0, rng);
    },
    sampleRows: (rng) => Int32Array.from({ length: logits.size / n }, (_, row) => drawFromRow(scores, row, rng)),
    mode() {
      single("mode");
      return likeliestOfRow(scores, 0);
    },
    logProb: (action) => gather(logProbs, action instanceof Int32Array ? indices(action) : action),
    entropy: () => entropyOf(logProbs),
    kl: (other) => divergenceOf(logProbs, other.logProbs),
  };
}
