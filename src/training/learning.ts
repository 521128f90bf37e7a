/** Runs an update of an algorithm step by step, whether or not it pauses between its gradient steps. */

import type { Algorithm, Credit, Diagnostics, Learner } from "../algorithms/algorithm.js";
import { calling, checkDiagnostics } from "../algorithms/algorithm-error.js";
import type { Batch } from "../rollout/batch.js";
import { inUpdate } from "./not-finite.js";

interface LearningParts {
  readonly batch: Batch;
  readonly used: number;
  readonly update: number;
  readonly explain?: ((credit: Credit) => void) | undefined;
}

/**
 * Learns from a batch and returns the checked diagnostics. `used` is the used share of the budget.
 *
 * @throws NotFiniteError with the number of the update, if an optimiser refuses a gradient
 * @throws AlgorithmError with the number of the update, if the algorithm throws or returns no diagnostics
 */
export function* learning(
  algorithm: Algorithm,
  learner: Learner,
  { batch, used, update, explain }: LearningParts,
): Generator<void, Diagnostics> {
  const when = ` at update ${update}`;
  const updating = <T>(work: () => T): T => calling(algorithm, "update", when, () => inUpdate(update, work));
  const updated = updating(() => learner.update(batch, used, explain));
  let diagnostics: Diagnostics;
  if (isStepwise(updated)) {
    for (;;) {
      const { done, value } = updating(() => updated.next());
      if (done) {
        diagnostics = value;
        break;
      }
      yield;
    }
  } else diagnostics = updated;
  checkDiagnostics(algorithm, when, diagnostics);
  return diagnostics;
}

/** Whether an update is a generator. */
export function isStepwise(update: Diagnostics | Iterator<void, Diagnostics>): update is Iterator<void, Diagnostics> {
  return typeof update.next === "function";
}
