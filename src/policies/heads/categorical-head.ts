/** One of n actions: the outputs are logits. Stored is the index of the action, given is the environment's number for it. */

import { categorical } from "../../distributions/index.js";
import { kernels } from "../../kernels/kernels.js";
import { f32, i32 } from "../../kernels/memory.js";
import type { Discrete } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { HeadOperations } from "./head.js";

/** π = softmax(logits) over the values of a `Discrete` space. */
export interface CategoricalHead extends HeadOperations {
  readonly kind: "categorical";
  /** The environment's first action. */
  readonly start: number;
}

export function categoricalHead({ n, start }: Discrete): CategoricalHead {
  const scratch = new Tensor([n]);
  return {
    kind: "categorical",
    start,
    outputs: n,
    action: { dtype: "int32", shape: [] },
    parameters: [],
    distribution: (logits) => categorical(logits),
    draw({ output, action, logProb }, rng) {
      i32[action >>> 2] = kernels.categorical_sample(logProb, address(scratch), output, n, rng.random());
    },
    mode({ output, action }) {
      const first = output >>> 2;
      let best = 0;
      for (let j = 1; j < n; j++) if (f32[first + j] > f32[first + best]) best = j;
      i32[action >>> 2] = best;
    },
    give(action, out, at) {
      out[at] = start + i32[action >>> 2];
    },
  };
}
