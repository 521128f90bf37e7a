import type { Schema, Values } from "../../options.js";
import { fixedPointOf, type KlEstimate, type KlPlace } from "../kl.js";

/** What speaks against the options of a trainer, if anything: where the divergence stands, it may do nothing. */
export function warningOf({ beta, kl, klPlace }: Values<Schema>): string | undefined {
  if (klPlace === undefined || !(Number(beta) > 0)) return undefined;
  const end = fixedPointOf(kl as KlEstimate, klPlace as KlPlace);
  if (end === "unregularised")
    return `${kl} in the loss has an expected gradient of 0: the divergence costs nothing, as if beta were 0`;
  if (end === "unknown")
    return `${kl} in the ${klPlace} leads to no optimum that is known, and takes responses of low reward away altogether`;
  return undefined;
}
