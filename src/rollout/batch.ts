/** What was collected for one update: steps in rows, grouped into episodes or the parts of episodes that were seen. */

import { release } from "../kernels/heap.js";
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

/** What an update learns from: one row a step, and which rows belong together. */
export interface Batch {
  /** Steps. */
  readonly size: number;
  /** What the networks see: observations as numbers, normalised where the policy does that, [size, features]. */
  readonly features: Tensor;
  /** As they were drawn: int32 [size] or [size, d], or float32 [size, d]. */
  readonly actions: Tensor;
  /** log π of each action at the time it was taken, [size]. */
  readonly logProbs: Tensor;
  /** 1 where an action was allowed and 0 where not, [size, actions]; undefined where all always are. */
  readonly masks?: Tensor | undefined;
  /** One a step, undiscounted; scaled where the learner asks for that. */
  readonly rewards: Float64Array;
  readonly segments: readonly Segment[];
  /** The observation after the last step of each segment, [segments, features]: what a bootstrap evaluates. */
  readonly finalFeatures: Tensor;
  /** Each layer's outputs for `features`, kept from acting: the forward pass of the first gradient step is done already. */
  readonly trace: readonly Tensor[];
}

/** Gives the batch's memory back: the loop calls it after the update, and nothing may keep the batch beyond that. */
export function releaseBatch({ features, actions, logProbs, masks, finalFeatures, trace }: Batch): void {
  const all = [features, actions, logProbs, finalFeatures, ...trace, ...(masks === undefined ? [] : [masks])];
  for (const { block } of all) release(block);
}
