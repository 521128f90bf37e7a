/** The steps collected for one update, as rows, grouped into episodes or parts of episodes. */

import { release } from "../kernels/heap.js";
import type { Rows } from "../policies/rows.js";
import type { Tensor } from "../tensor/index.js";

/** Rows [start, end) of a batch: consecutive steps of one episode. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Its last step reached a terminal state, whose value is 0. */
  readonly terminated: boolean;
  /** A time limit ended the episode. If neither flag is set, the batch was full and the episode goes on. */
  readonly truncated: boolean;
}

/** The data of one update: one row per step, all steps of the first copy, then all steps of the second, and so on. */
export interface Batch extends Rows {
  /** The number of steps. */
  readonly size: number;
  /** The actions as drawn: int32 [size] or [size, d], or float32 [size, d]. */
  readonly actions: Tensor;
  /** log π of each action at the time it was taken, [size]. */
  readonly logProbs: Tensor;
  /** One reward per step, undiscounted, and scaled if the learner has a `rewardScaling`. */
  readonly rewards: Float64Array;
  readonly segments: readonly Segment[];
  /** The normalised observation after the last step of each segment, [segments, features], for bootstrapping. */
  readonly finalFeatures: Tensor;
}

/** Frees the kernel memory of a batch. The training loop calls it after the update, so no code may keep a batch. */
export function releaseBatch(batch: Batch): void {
  const { features, actions, logProbs, masks, finalFeatures, forwardCache, sequences } = batch;
  const optional = [masks, sequences?.memory].filter((column) => column !== undefined);
  for (const { block } of [features, actions, logProbs, finalFeatures, ...optional]) release(block);
  forwardCache?.release();
}
