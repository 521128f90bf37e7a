/** The functions that an answer to the exercise `baseline` exports. */

import type { Mlp } from "../../nn/index.js";
import type { Tensor } from "../../tensor/index.js";
import type { Learner, Seen } from "../small-networks.js";
import type { Trains } from "../training.js";

/** What was seen, done and earned at each step, and how the episode ended. */
export interface Episode extends Seen {
  readonly rewards: readonly number[];
  readonly last: Float32Array;
  readonly terminated: boolean;
}

/** Their meaning is in the comments of `exercises/baseline/starter.ts`. */
export interface BaselineAnswer extends Trains {
  values(critic: Mlp, observations: readonly Float32Array[]): Tensor;
  valueAfter(critic: Mlp, episode: Episode): number;
  policyLoss(logProbs: Tensor, returns: readonly number[], values: Tensor): Tensor;
  valueLoss(values: Tensor, returns: readonly number[]): Tensor;
  update(learner: Learner, episodes: readonly Episode[], gamma: number): void;
}
