/** The functions that an answer to the exercise `actor-critic` exports. */

import type { Tensor } from "../../tensor/index.js";
import type { Learner } from "../small-networks.js";
import type { Steps } from "../steps.js";
import type { Trains } from "../training.js";

/** Their meaning is in the comments of `exercises/actor-critic/starter.ts`. */
export interface ActorCriticAnswer extends Trains {
  targets(steps: Steps, nextValues: Tensor, gamma: number): Tensor;
  policyLoss(logProbs: Tensor, targets: Tensor, values: Tensor): Tensor;
  criticLoss(values: Tensor, targets: Tensor): Tensor;
  update(learner: Learner, steps: Steps, gamma: number): void;
}
