/**
 * Several independent choices, choice g among nvec[g]. The logits of all choices are concatenated: [Σ nvec] or [m, Σ
 * nvec].
 *
 *   log π(a) = Σ_g log π_g(a_g)        H = Σ_g H_g  (nats)
 */

import type { Generator } from "../random/generator.js";
import { indices, reshape, slice, type Tensor, TensorError } from "../tensor/index.js";
import { type Categorical, categorical } from "./categorical.js";
import { maskedLogits } from "./mask.js";
import { drawFromRow, likeliestOfRow } from "./rows.js";

/** Several independent choices, in one state or in each of m. */
export interface MultiCategorical {
  /** The single choices. */
  readonly choices: readonly Categorical[];
  /**
   * An index per choice, in row-major order: [choices] or [m, choices] numbers. Each takes one draw from the generator.
   */
  sample(rng: Generator): Int32Array;
  /** The most likely index of each choice, in row-major order; the first, if several tie. */
  mode(): Int32Array;
  /** log π(actions), for indices [choices] or [m, choices]: [] or [m]. */
  logProb(actions: Tensor | Int32Array): Tensor;
  /** In nats: [] or [m]. */
  entropy(): Tensor;
  /** KL(this ‖ other) = Σ_g KL_g, in nats: [] or [m]. */
  kl(other: MultiCategorical): Tensor;
}

/**
 * Independent choices, each with its slice of the logits [Σ nvec] or [m, Σ nvec]. A mask of the same shape forbids the
 * actions at its zeros, as in `categorical`.
 *
 * @throws TensorError if logits and `nvec` do not fit, the mask has another shape, or a choice has no allowed action
 */
export function multiCategorical(logits: Tensor, nvec: readonly number[], mask?: Tensor): MultiCategorical {
  const total = nvec.reduce((sum, n) => sum + n, 0);
  const rows = logits.shape.slice(0, -1);
  if (logits.shape[rows.length] !== total) {
    throw new TensorError(
      `multiCategorical: choices among ${nvec.join(", ")} need ${total} logits a row, got [${logits.shape.join(", ")}]`,
    );
  }
  let end = 0;
  const scores = nvec.map((n) => {
    const part = (x: Tensor): Tensor => slice(x, end, end + n, -1);
    const allowed = mask === undefined ? part(logits) : maskedLogits(part(logits), part(mask), n);
    end += n;
    return allowed;
  });
  const choices = scores.map((own) => categorical(own));
  const each = (pick: (own: Tensor, row: number) => number): Int32Array =>
    Int32Array.from({ length: (logits.size / total) * nvec.length }, (_, i) =>
      pick(scores[i % nvec.length], Math.floor(i / nvec.length)),
    );
  return {
    choices,
    sample: (rng) => each((own, row) => drawFromRow(own, row, rng)),
    mode: () => each(likeliestOfRow),
    logProb(actions) {
      const all = actions instanceof Int32Array ? indices(actions, [...rows, nvec.length]) : actions;
      return sum(choices.map((choice, g) => choice.logProb(reshape(slice(all, g, g + 1, -1), rows))));
    },
    entropy: () => sum(choices.map((choice) => choice.entropy())),
    kl: (other) => sum(choices.map((choice, g) => choice.kl(other.choices[g]))),
  };
}

const sum = (parts: readonly Tensor[]): Tensor => parts.reduce((total, part) => total.add(part));
