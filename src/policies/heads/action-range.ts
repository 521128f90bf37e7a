/** Maps the outputs of a network, which are scaled for [-1, 1], to the bounds of an action space: middle + reach·a. */

import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import type { Head } from "./head.js";

/** An affine map to a `Box`, with one middle and one reach per dimension, all in float32. */
export interface ActionRange {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly middle: Float32Array;
  readonly reach: Float32Array;
}

/**
 * Maps [-1, 1] to the bounds of a space in each dimension that has two finite bounds. All other dimensions, and all
 * dimensions if `scaled` is false, use the identity.
 */
export function actionRange({ low, high }: Box, scaled: boolean): ActionRange {
  const mapped = low.map((bound, j) => (scaled && Number.isFinite(high[j] - bound) && high[j] > bound ? 1 : 0));
  return {
    low,
    high,
    middle: low.map((bound, j) => (mapped[j] === 1 ? (high[j] + bound) / 2 : 0)),
    reach: low.map((bound, j) => (mapped[j] === 1 ? (high[j] - bound) / 2 : 1)),
  };
}

/** Writes middle + reach·a, clipped to the bounds, for the environment. */
export function rangedAction({ low, high, middle, reach }: ActionRange): Head["toEnvAction"] {
  return (action, out, at) => {
    for (let j = 0; j < low.length; j++) {
      const reached = Math.fround(middle[j] + Math.fround(reach[j] * f32[(action >>> 2) + j]));
      out[at + j] = Math.min(high[j], Math.max(low[j], reached));
    }
  };
}

/** Stores the most likely action: the mean, which is the output of the network. */
export function meanOfRow(d: number): Head["mode"] {
  return ({ output, action }) => {
    for (let j = 0; j < d; j++) f32[(action >>> 2) + j] = f32[(output >>> 2) + j];
  };
}
