/** What a measurement says of an estimator, in words. */

import type { EstimatorRow, Found } from "../protocol.js";

export interface Verdict {
  readonly kind: "agrees" | "fails" | "waiting" | "open";
  readonly sentence: string;
}

/** So many batches at least are asked for before anything is decided, as in `measure`. */
const FEWEST = 1000;

export function verdictOf(row: EstimatorRow, found: Found | undefined, batches: number): Verdict {
  const theory = capital(row.says);
  const wrongWay =
    found !== undefined && found.cosine < 0 && batches >= 100 ? " Its mean points away from the target." : "";
  if (found === undefined) return { kind: "waiting", sentence: `Theory: ${row.says}.` };
  switch (found.agreement) {
    case "fails":
      return { kind: "fails", sentence: `Theory says: ${row.says}. The batches contradict it.` };
    case "agrees":
      return { kind: "agrees", sentence: `${theory}, as theory says.${wrongWay}` };
    case "too few": {
      const left =
        batches < FEWEST
          ? `${batches} batches so far, and at least ${FEWEST} are needed to decide`
          : "rare actions were seen too seldom to decide";
      return { kind: "waiting", sentence: `Theory: ${row.says}. ${capital(left)}.${wrongWay}` };
    }
    case "open": {
      const compared = row.isEnumerated ? " The dashed line is the sum over all batches." : "";
      return { kind: "open", sentence: `${theory}. Theory has no formula for the mean.${compared}${wrongWay}` };
    }
  }
}

/** What z is the distance from. */
export function comparedWith(row: EstimatorRow): string {
  if (row.expected === undefined) return `from ${row.target}`;
  return row.isEnumerated ? "from the sum over all batches" : "from theory";
}

/** z with one digit. */
export function zText(z: number): string {
  if (!Number.isFinite(z)) return "z ∞";
  return `z ${Math.abs(z) < 0.05 ? "0.0" : z.toFixed(1).replace("-", "−")}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
