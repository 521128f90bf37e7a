/** The JavaScript source that turns a network's outputs into actions. */

import { bernoulliSource, categoricalSource, multiCategoricalSource } from "./choice-source.js";
import { gaussianSource, squashedSource, stateDependentSource } from "./continuous-source.js";
import type { ExportedHead } from "./network.js";

/** The source of `act`, `sample` and `logits` or `mean`. `type` is the JSDoc type of the observation. */
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

/** The checks that all kinds of head share. */
export const CHECKS = `
function finite(outputs) {
  if (!outputs.every(Number.isFinite))
    throw new RangeError("the network gives " + outputs + ": is a number of the observation NaN or infinite?");
  return outputs;
}

function uniform(random) {
  const u = random();
  if (!(u >= 0 && u < 1)) throw new RangeError("random: got " + u + ", allowed is a number from 0 up to but excluding 1");
  return u;
}`;
