/** d normal numbers. The network outputs their means; ln σ is a parameter that does not depend on the state. */

import { gaussian } from "../../distributions/gaussian.js";
import { full, parameter } from "../../tensor/index.js";
import { type ActionRange, meanOfRow, rangedAction } from "./action-range.js";
import type { Head } from "./head.js";
import { normalRow } from "./normal-row.js";

/** Normal numbers for a `Box`, stored as drawn. log π is the density of the stored numbers, before the map to the range. */
export function gaussianHead(range: ActionRange, initialLogStd: number): Head {
  const d = range.low.length;
  const logStd = parameter(full([d], initialLogStd), "policy.logStd");
  const normal = normalRow(logStd);
  return {
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    maskable: false,
    distribution: (means) => gaussian(means, logStd),
    draw({ output, action, logProb }, rng) {
      normal.draw(output, action, rng);
      normal.logProb(output, action, logProb);
    },
    mode: meanOfRow(d),
    toEnvAction: rangedAction(range),
    describe: () => ({ kind: "gaussian", logStd, ...range }),
  };
}
