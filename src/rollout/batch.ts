/** What was collected for one update: steps in rows, grouped into episodes or the parts of episodes that were seen. */

import { release } from "../kernels/heap.js";
import type { Rows } from "../policies/rows.js";
import type { Tensor } from "../tensor/index.js";

/** Rows [start, end) of a batch: consecutive steps of one episode. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Its last step reached a terminal state: what follows is worth 0. */
  readonly terminated: boolean;
  /** Its last step was cut by a time limit. Neither flag: the batch was full while the episode went on. */
  readonly truncated: boolean;
}

/** What an update learns from: one row a step, all steps of the first copy, then all of the second, and so on. */
export interface Batch extends Rows {
  /** Steps. */
  readonly size: number;
  /** As they were drawn: int32 [size] or [size, d], or float32 [size, d]. */
  readonly actions: Tensor;
  /** log π of each action at the time it was taken, [size]. */
  readonly logProbs: Tensor;
  /** One a step, undiscounted; scaled where the learner asks for that. */
  readonly rewards: Float64Array;
  readonly segments: readonly Segment[];
  /** The normalised observation after the last step of each segment, [segments, features]: what a bootstrap evaluates. */
  readonly finalFeatures: Tensor;
}

/** Gives the batch's memory back. The training loop calls it after the update; nothing may keep the batch beyond that. */
export function releaseBatch(batch: Batch): void {
  const { features, actions, logProbs, masks, finalFeatures, forwardCache, sequences } = batch;
  const optional = [masks, sequences?.memory].filter((column) => column !== undefined);
  for (const { block } of [features, actions, logProbs, finalFeatures, ...(forwardCache?.layers ?? []), ...optional])
    release(block);
}
