/** How a network's numbers, which are made for [-1, 1], reach the bounds of an action space: middle + reach·a. */

import { f32 } from "../../kernels/memory.js";
import type { Box } from "../../spaces/index.js";
import type { Head } from "./head.js";

/** An affine map to a `Box`, one middle and one reach a dimension, all in float32. */
export interface ActionRange {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly middle: Float32Array;
  readonly reach: Float32Array;
}

/**
 * The map from [-1, 1] to the bounds of a space, in each dimension that has two of them; the identity in the others, and
 * everywhere where `scaled` is false.
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

/** The environment receives middle + reach·a, kept within the bounds. */
export function rangedAction({ low, high, middle, reach }: ActionRange): Head["toEnvAction"] {
  return (action, out, at) => {
    for (let j = 0; j < low.length; j++) {
      const reached = Math.fround(middle[j] + Math.fround(reach[j] * f32[(action >>> 2) + j]));
      out[at + j] = Math.min(high[j], Math.max(low[j], reached));
    }
  };
}

/** The likeliest action is the mean, which is what the network puts out. */
export function meanOfRow(d: number): Head["mode"] {
  return ({ output, action }) => {
    for (let j = 0; j < d; j++) f32[(action >>> 2) + j] = f32[(output >>> 2) + j];
  };
}
