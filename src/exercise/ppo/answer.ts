/** The functions that an answer to the exercise `ppo` exports. */

import type { Generator } from "../../random/index.js";
import type { Tensor } from "../../tensor/index.js";
import type { Learner } from "../small-networks.js";
import type { Steps } from "../steps.js";
import type { Trains } from "../training.js";

/** Steps with log π(aₜ | sₜ) of the policy that took them. */
export interface RecordedSteps extends Steps {
  readonly logProbs: readonly number[];
}

/** What an update is told. */
export interface Settings {
  readonly gamma: number;
  readonly lambda: number;
  readonly clip: number;
  readonly epochs: number;
  readonly minibatchSize: number;
}

/** Their meaning is in the comments of `exercises/ppo/starter.ts`. */
export interface PpoAnswer extends Trains {
  ratios(logProbs: Tensor, oldLogProbs: readonly number[]): Tensor;
  policyLoss(ratios: Tensor, advantages: readonly number[], clip: number): Tensor;
  minibatches(size: number, minibatchSize: number, rng: Generator): number[][];
  update(learner: Learner, steps: RecordedSteps, settings: Settings, rng: Generator): void;
}
