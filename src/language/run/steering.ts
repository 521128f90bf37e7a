/** Changes of β by hand while a run is under way. */

import { ConfigError } from "../../errors.js";
import type { LanguageLearner } from "../trainers/trainer.js";

/** A change of β. */
export interface Steering {
  /** The first update that had it. */
  readonly update: number;
  readonly beta: number;
}

type Steered = Pick<LanguageLearner<never>, "beta">;

/**
 * Sets the β of a learner, and returns the changes with this one. A second change before the same update replaces the first, and none
 * is recorded where β stays as it is.
 *
 * @throws ConfigError for a number below 0, and a learner whose β can't be set
 */
export function steer(learner: Steered, before: readonly Steering[], { update, beta }: Steering): readonly Steering[] {
  if (learner.beta === undefined)
    throw new ConfigError({ field: "setBeta", given: beta, allowed: "nothing: this trainer has no β that may change" });
  if (!(Number.isFinite(beta) && beta >= 0))
    throw new ConfigError({ field: "setBeta", given: beta, allowed: "a finite number of at least 0" });
  const was = learner.beta;
  learner.beta = beta;
  if (learner.beta === was) return before;
  return [...before.filter((one) => one.update !== update), { update, beta }];
}

/** Gives a learner the β that it was steered to last. What it has made of it since, it finds in its own state. */
export function steerAgain(learner: Steered, steered: readonly Steering[]): readonly Steering[] {
  const last = steered.at(-1);
  if (last !== undefined) steer(learner, [], last);
  return steered;
}
