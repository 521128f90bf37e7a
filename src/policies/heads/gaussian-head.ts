/** d normal numbers: the outputs are their means, ln σ is learned and the same in every state. */

import { gaussian, HALF_LOG_2PI } from "../../distributions/gaussian.js";
import { exp } from "../../kernels/maths.js";
import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import { full, parameter, type Tensor } from "../../tensor/index.js";
import { at as address } from "../../tensor/tensor.js";
import type { HeadOperations } from "./head.js";

/** Normal numbers for a `Box`, stored as drawn and given kept within its bounds. */
export interface GaussianHead extends HeadOperations {
  readonly kind: "gaussian";
  /** ln σ, [d] */
  readonly logStd: Tensor;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export function gaussianHead({ low, high }: Box, initialLogStd: number): GaussianHead {
  const d = low.length;
  const logStd = parameter(full([d], initialLogStd), "policy.logStd");
  return {
    kind: "gaussian",
    ...{ logStd, low, high },
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    distribution: (means) => gaussian(means, logStd),
    /** a = μ + σ·ε */
    draw({ output, action, logProb }, rng) {
      const [mean, spread, stored] = [output >>> 2, address(logStd) >>> 2, action >>> 2];
      let total = 0;
      for (let j = 0; j < d; j++) {
        const noise = rng.standardNormal();
        f32[stored + j] = f32[mean + j] + exp(f32[spread + j]) * noise;
        total -= 0.5 * noise * noise + f32[spread + j] + HALF_LOG_2PI;
      }
      f32[logProb >>> 2] = total;
    },
    mode({ output, action }) {
      for (let j = 0; j < d; j++) f32[(action >>> 2) + j] = f32[(output >>> 2) + j];
    },
    give(action, out, at) {
      for (let j = 0; j < d; j++) out[at + j] = Math.min(high[j], Math.max(low[j], f32[(action >>> 2) + j]));
    },
  };
}
