/** The functions that an answer to the exercise `reinforce` exports. */

import type { Mlp } from "../../nn/index.js";
import type { Optimizer } from "../../optim/index.js";
import type { Generator } from "../../random/index.js";
import type { Tensor } from "../../tensor/index.js";
import type { Trains } from "../training.js";

/** What was seen, done and earned at each step. */
export interface Episode {
  readonly observations: readonly Float32Array[];
  readonly actions: readonly number[];
  readonly rewards: readonly number[];
}

/** Their meaning is in the comments of `exercises/reinforce/starter.ts`. */
export interface ReinforceAnswer extends Trains {
  returnsToGo(rewards: readonly number[], gamma: number): number[];
  normalise(returns: readonly (readonly number[])[]): number[][];
  act(policy: Mlp, observation: Float32Array, rng: Generator): number;
  logProbs(policy: Mlp, episode: Episode): Tensor;
  loss(logProbs: Tensor, advantages: readonly number[]): Tensor;
  update(policy: Mlp, optimizer: Optimizer, episodes: readonly Episode[], gamma: number): void;
}
