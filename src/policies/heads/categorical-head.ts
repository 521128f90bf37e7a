/** One of n actions. The network outputs logits. Actions are stored as indices; the environment receives start + index. */

import { categorical } from "../../distributions/index.js";
import { likeliest } from "../../distributions/rows.js";
import { kernels } from "../../kernels/kernels.js";
import { i32 } from "../../kernels/memory.js";
import type { Discrete } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { Head } from "./head.js";
import { maskedRow } from "./masked-row.js";

/** π = softmax(logits) over the values of a `Discrete` space; masked actions have probability 0. */
export function categoricalHead({ n, start }: Discrete): Head {
  const scratch = new Tensor([n]);
  const room = new Tensor([n]);
  return {
    outputs: n,
    action: { dtype: "int32", shape: [] },
    parameters: [],
    maskable: true,
    distribution: (logits, { masks }) => categorical(logits, masks),
    draw({ output, mask, action, logProb }, rng) {
      const logits = maskedRow(output, mask, n, room);
      const drawn = kernels.categorical_sample(logProb, address(scratch), logits, n, rng.random());
      i32[action >>> 2] = drawn;
    },
    mode({ output, mask, action }) {
      const best = likeliest(maskedRow(output, mask, n, room), n);
      i32[action >>> 2] = best;
    },
    toEnvAction(action, out, at) {
      out[at] = start + i32[action >>> 2];
    },
    describe: () => ({ kind: "categorical", actions: n, start }),
  };
}
