/** One of n actions: the outputs are logits. Stored is the index of the action, given is the environment's number for it. */

import { categorical } from "../../distributions/index.js";
import { likeliest } from "../../distributions/rows.js";
import { kernels } from "../../kernels/kernels.js";
import { i32 } from "../../kernels/memory.js";
import type { Discrete } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { HeadOperations } from "./head.js";
import { maskedRow } from "./masked-row.js";

/** π = softmax(logits) over the values of a `Discrete` space that a mask allows. */
export interface CategoricalHead extends HeadOperations {
  readonly kind: "categorical";
  /** The environment's first action. */
  readonly start: number;
}

export function categoricalHead({ n, start }: Discrete): CategoricalHead {
  const [scratch, room] = [new Tensor([n]), new Tensor([n])];
  return {
    kind: "categorical",
    start,
    outputs: n,
    action: { dtype: "int32", shape: [] },
    parameters: [],
    distribution: (logits, { masks }) => categorical(logits, masks),
    draw({ output, mask, action, logProb }, rng) {
      const logits = maskedRow(output, mask, n, room);
      const drawn = kernels.categorical_sample(logProb, address(scratch), logits, n, rng.random());
      i32[action >>> 2] = drawn;
    },
    skip(rng) {
      rng.random();
    },
    mode({ output, mask, action }) {
      const best = likeliest(maskedRow(output, mask, n, room), n);
      i32[action >>> 2] = best;
    },
    give(action, out, at) {
      out[at] = start + i32[action >>> 2];
    },
  };
}
