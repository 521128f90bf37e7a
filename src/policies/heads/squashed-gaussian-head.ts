/**
 * d normal numbers u, squashed by tanh and scaled to the action space: a = (high + low)/2 + (high - low)/2 · tanh u. The
 * network outputs the means of u. Actions are stored as u, so log π is exact and no action is clipped.
 */

import { squashedGaussian } from "../../distributions/index.js";
import { ConfigError } from "../../errors.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import { full, parameter, Tensor } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";
import { actionRange, meanOfRow } from "./action-range.js";
import type { Head } from "./head.js";
import { normalRow } from "./normal-row.js";

/** Squashed normal numbers for a bounded `Box`. @throws ConfigError if a bound is not finite */
export function squashedGaussianHead(space: Box, initialLogStd: number): Head {
  const range = actionRange(space, true);
  const { low, high, middle, reach } = range;
  const d = low.length;
  if (!low.every((bound, j) => Number.isFinite(high[j] - bound))) {
    const allowed = 'a Box with finite bounds, or continuous: "gaussian"';
    throw new ConfigError({ field: "actionSpace", given: String(space), allowed });
  }
  const logStd = parameter(full([d], initialLogStd), "policy.logStd");
  const normal = normalRow(logStd);
  const squashed = new Tensor([d]);
  const slopes = new Tensor([d]);
  return {
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    maskable: false,
    distribution: (means) => squashedGaussian(means, logStd),
    /** log π = log N(u) - Σ ln(1 - tanh² u), computed in the same order as in `squashedGaussian`. */
    draw({ output, action, logProb }, rng) {
      normal.draw(output, action, rng);
      normal.logProb(output, action, logProb);
      const place = address(slopes);
      const slope = place >>> 2;
      const u = action >>> 2;
      const to = logProb >>> 2;
      for (let j = 0; j < d; j++) f32[slope + j] = -2 * f32[u + j];
      kernels.unary(UNARY.softplus, place, place, d, 0, 0);
      for (let j = 0; j < d; j++)
        f32[slope + j] = -2 * Math.fround(Math.fround(f32[slope + j] + f32[u + j]) - Math.fround(Math.LN2));
      const before = f32[to];
      kernels.reduce_sum(logProb, place, 1, d, 1, 1);
      f32[to] = before - f32[to];
    },
    mode: meanOfRow(d),
    toEnvAction(action, out, at) {
      const place = address(squashed);
      kernels.unary(UNARY.tanh, place, action, d, 0, 0);
      for (let j = 0; j < d; j++) {
        const scaled = Math.fround(middle[j] + Math.fround(reach[j] * f32[(place >>> 2) + j]));
        out[at + j] = Math.min(high[j], Math.max(low[j], scaled));
      }
    },
    describe: () => ({ kind: "squashed-gaussian", logStd, ...range }),
  };
}
