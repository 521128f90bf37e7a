/** The JavaScript source that turns a network's outputs into actions. */

import type { CallSource } from "./call-source.js";
import { bernoulliSource, categoricalSource, multiCategoricalSource } from "./choice-source.js";
import { normalSource, stateDependentSource } from "./continuous-source.js";
import type { ExportedHead } from "./network.js";

/** The source of `act`, `sample` and `logits` or `mean`. */
export function headSource(head: ExportedHead, call: CallSource): string {
  switch (head.kind) {
    case "categorical":
      return categoricalSource(head, call);
    case "multi-categorical":
      return multiCategoricalSource(head, call);
    case "bernoulli":
      return bernoulliSource(head, call);
    case "gaussian":
    case "squashed-gaussian":
      return normalSource(head, call);
    case "state-dependent":
      return stateDependentSource(head, call);
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
