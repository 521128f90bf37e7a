/** Stops a run at the first NaN or infinity, before it spreads. */

import type { Diagnostics, Learner } from "../algorithms/algorithm.js";

/** A weight or a diagnostic became NaN or infinite. */
export class NotFiniteError extends Error {
  override readonly name = "NotFiniteError";
}

/** @throws NotFiniteError naming the diagnostic, or the weight, with its value */
export function requireFinite(learner: Learner, diagnostics: Diagnostics, update: number): void {
  for (const [name, value] of Object.entries(diagnostics)) {
    if (!Number.isFinite(value))
      throw new NotFiniteError(`update ${update}: ${name} became ${value}. The checkpoint before it is still good`);
  }
  for (const weights of learner.weights) {
    const bad = weights.firstNotFinite();
    if (bad >= 0) {
      throw new NotFiniteError(
        `update ${update}: ${weights.name}[${bad}] became ${weights.toArray()[bad]}. The checkpoint before it is still good`,
      );
    }
  }
}
