/** d normal numbers: the outputs are their means, ln σ is learned and the same in every state. */

import { gaussian } from "../../distributions/gaussian.js";
import type { Box } from "../../spaces/index.js";
import { full, parameter, type Tensor } from "../../tensor/index.js";
import type { HeadOperations } from "./head.js";
import { normalRow } from "./normal-row.js";
import { meanOfRow, withinBounds } from "./number-row.js";

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
  const normal = normalRow(logStd);
  return {
    kind: "gaussian",
    ...{ logStd, low, high },
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    distribution: (means) => gaussian(means, logStd),
    draw({ output, action, logProb }, rng) {
      normal.draw(output, action, rng);
      normal.logProb(output, action, logProb);
    },
    skip: normal.skip,
    mode: meanOfRow(d),
    give: withinBounds(low, high),
  };
}
