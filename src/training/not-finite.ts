/** Stops a run at the first NaN or infinity, before it spreads. */

import type { Diagnostics, Learner } from "../algorithms/algorithm.js";
import { NotFiniteError } from "../errors.js";

/** @throws NotFiniteError naming the diagnostic, or the weight, with its value */
export function requireFinite(learner: Pick<Learner, "weights">, diagnostics: Diagnostics, update: number): void {
  for (const [name, value] of Object.entries(diagnostics)) {
    if (!Number.isFinite(value)) throw notFinite(update, `${name} became ${value}`);
  }
  for (const weights of learner.weights) {
    const bad = weights.firstNotFinite();
    if (bad >= 0) throw notFinite(update, `${weights.name}[${bad}] became ${weights.toArray()[bad]}`);
  }
}

/** Runs a part of an update. @throws NotFiniteError with the update's number, where an optimiser refused a gradient */
export function inUpdate<T>(update: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof NotFiniteError ? notFinite(update, error.message, error) : error;
  }
}

function notFinite(update: number, what: string, cause?: Error): NotFiniteError {
  return new NotFiniteError(`update ${update}: ${what}. The checkpoint before it is still good`, cause && { cause });
}
