/** Switches that are on or off. The network outputs one logit per switch. */

import { bernoulli } from "../../distributions/index.js";
import { kernels } from "../../kernels/kernels.js";
import { f32, i32 } from "../../kernels/memory.js";
import type { MultiBinary } from "../../spaces/index.js";
import { Tensor } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";
import type { Head } from "./head.js";
import { maskedSwitches } from "./masked-row.js";

/** Independent switches for a `MultiBinary` space: 1 with probability 1/(1 + e⁻ˡ). */
export function bernoulliHead({ n }: MultiBinary): Head {
  const scratch = new Tensor([n]);
  const odds = new Tensor([n]);
  const room = new Tensor([n]);
  return {
    outputs: n,
    action: { dtype: "int32", shape: [n] },
    parameters: [],
    maskable: true,
    distribution: (logits, { masks }) => bernoulli(logits, masks),
    /** log π = -Σ softplus(∓l), summed in the same order as in `bernoulli`. */
    draw({ output, mask, action, logProb }, rng) {
      const logits = maskedSwitches(output, mask, n, room);
      const place = address(scratch);
      const against = address(odds);
      kernels.unary(UNARY.neg, place, logits, n, 0, 0);
      kernels.unary(UNARY.exp, against, place, n, 0, 0);
      for (let j = 0; j < n; j++) {
        const logit = f32[(logits >>> 2) + j];
        const on = rng.random() * (1 + f32[(against >>> 2) + j]) < 1;
        i32[(action >>> 2) + j] = on ? 1 : 0;
        f32[(place >>> 2) + j] = on ? -logit : logit;
      }
      kernels.unary(UNARY.softplus, place, place, n, 0, 0);
      kernels.reduce_sum(logProb, place, 1, n, 1, -1);
    },
    mode({ output, mask, action }) {
      const logits = maskedSwitches(output, mask, n, room) >>> 2;
      for (let j = 0; j < n; j++) i32[(action >>> 2) + j] = f32[logits + j] > 0 ? 1 : 0;
    },
    toEnvAction(action, out, at) {
      for (let j = 0; j < n; j++) out[at + j] = i32[(action >>> 2) + j];
    },
    describe: () => ({ kind: "bernoulli", switches: n }),
  };
}
