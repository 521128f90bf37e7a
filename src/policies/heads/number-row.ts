/** What heads for numbers do alike with a row of d of them. */

import { f32 } from "../../kernels/memory.js";
import type { HeadOperations } from "./head.js";

/** The likeliest action is the mean, which is what the network puts out. */
export function meanOfRow(d: number): HeadOperations["mode"] {
  return ({ output, action }) => {
    for (let j = 0; j < d; j++) f32[(action >>> 2) + j] = f32[(output >>> 2) + j];
  };
}

/** The environment is given what was drawn, kept within the bounds of its action space. */
export function withinBounds(low: Float32Array, high: Float32Array): HeadOperations["give"] {
  return (action, out, at) => {
    for (let j = 0; j < low.length; j++) out[at + j] = Math.min(high[j], Math.max(low[j], f32[(action >>> 2) + j]));
  };
}
