/**
 * d normal numbers u, squashed by a tanh and stretched to the action space: a = (high + low)/2 + (high - low)/2 · tanh u. The
 * outputs are the means of u. Stored is u, so that log π is exact and nothing is ever cut off.
 */

import { squashedGaussian } from "../../distributions/index.js";
import { ConfigError } from "../../errors.js";
import { kernels } from "../../kernels/kernels.js";
import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import { full, parameter, Tensor } from "../../tensor/index.js";
import { UNARY } from "../../tensor/ops/elementwise.js";
import { at as address } from "../../tensor/tensor.js";
import type { HeadOperations } from "./head.js";
import { normalRow } from "./normal-row.js";
import { meanOfRow } from "./number-row.js";

/** Squashed normal numbers for a bounded `Box`. */
export interface SquashedGaussianHead extends HeadOperations {
  readonly kind: "squashed-gaussian";
  /** ln σ of u, [d] */
  readonly logStd: Tensor;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** The middle of an action space, and how far it reaches from there. */
export function stretchOf(low: Float32Array, high: Float32Array): { middle: Float32Array; reach: Float32Array } {
  return { middle: low.map((bound, j) => (high[j] + bound) / 2), reach: low.map((bound, j) => (high[j] - bound) / 2) };
}

/** @throws ConfigError where the space has no bounds to squash to */
export function squashedGaussianHead(space: Box, initialLogStd: number): SquashedGaussianHead {
  const { low, high } = space;
  const d = low.length;
  const { middle, reach } = stretchOf(low, high);
  if (!reach.every(Number.isFinite)) {
    const allowed = 'a Box with finite bounds, or continuous: "gaussian"';
    throw new ConfigError({ field: "actionSpace", given: String(space), allowed });
  }
  const logStd = parameter(full([d], initialLogStd), "policy.logStd");
  const normal = normalRow(logStd);
  const [squashed, slopes] = [new Tensor([d]), new Tensor([d])];
  return {
    kind: "squashed-gaussian",
    ...{ logStd, low, high },
    outputs: d,
    action: { dtype: "float32", shape: [d] },
    parameters: [logStd],
    distribution: (means) => squashedGaussian(means, logStd),
    /** log π = log N(u) - Σ ln(1 - tanh² u), in the order of the distribution's. */
    draw({ output, action, logProb }, rng) {
      normal.draw(output, action, rng);
      normal.logProb(output, action, logProb);
      const place = address(slopes);
      const [slope, u, to] = [place >>> 2, action >>> 2, logProb >>> 2];
      for (let j = 0; j < d; j++) f32[slope + j] = -2 * f32[u + j];
      kernels.unary(UNARY.softplus, place, place, d, 0, 0);
      for (let j = 0; j < d; j++)
        f32[slope + j] = -2 * Math.fround(Math.fround(f32[slope + j] + f32[u + j]) - Math.fround(Math.LN2));
      const before = f32[to];
      kernels.reduce_sum(logProb, place, 1, d, 1, 1);
      f32[to] = before - f32[to];
    },
    skip: normal.skip,
    mode: meanOfRow(d),
    give(action, out, at) {
      const place = address(squashed);
      kernels.unary(UNARY.tanh, place, action, d, 0, 0);
      for (let j = 0; j < d; j++) {
        const stretched = Math.fround(middle[j] + Math.fround(reach[j] * f32[(place >>> 2) + j]));
        out[at + j] = Math.min(high[j], Math.max(low[j], stretched));
      }
    },
  };
}
