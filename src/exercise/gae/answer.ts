/** The functions that an answer to the exercise `gae` exports. */

import type { Learner } from "../small-networks.js";
import type { Steps } from "../steps.js";
import type { Trains } from "../training.js";

/** Their meaning is in the comments of `exercises/gae/starter.ts`. */
export interface GaeAnswer extends Trains {
  deltas(steps: Steps, values: readonly number[], nextValues: readonly number[], gamma: number): number[];
  gae(steps: Steps, deltas: readonly number[], gamma: number, lambda: number): number[];
  valueTargets(advantages: readonly number[], values: readonly number[]): number[];
  update(learner: Learner, steps: Steps, gamma: number, lambda: number): void;
}
