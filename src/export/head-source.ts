/** JavaScript that turns a network's outputs into actions, the likeliest or a random one. */

import { bernoulliSource, categoricalSource, multiCategoricalSource } from "./choice-source.js";
import { gaussianSource, squashedSource, stateDependentSource } from "./continuous-source.js";
import type { ExportedHead } from "./network.js";

/** `act`, `sample` and `logits` or `mean`; `type` is the observation's, in JSDoc. */
export function headSource(head: ExportedHead, type: string): string {
  switch (head.kind) {
    case "categorical":
      return categoricalSource(head, type);
    case "multi-categorical":
      return multiCategoricalSource(head, type);
    case "bernoulli":
      return bernoulliSource(head, type);
    case "gaussian":
      return gaussianSource(head, type);
    case "squashed-gaussian":
      return squashedSource(head, type);
    case "state-dependent":
      return stateDependentSource(head, type);
  }
}

/** Checks that all kinds of head share. */
export const CHECKS = `
function finite(outputs) {
  if (!outputs.every(Number.isFinite))
    throw new RangeError("the network gives " + outputs + ": is a number of the observation NaN, or infinite?");
  return outputs;
}

function uniform(random) {
  const u = random();
  if (!(u >= 0 && u < 1)) throw new RangeError("random: got " + u + ", allowed is a number from 0 up to, not including, 1");
  return u;
}`;
