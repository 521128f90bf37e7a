import type { BatchedEnv } from "../../envs/batched/batched-env.js";
import type { SharedArrays } from "./shared-memory.js";

/** Makes a function that copies the results of a shard's step to its rows of the shared arrays. */
export function publisher(shard: BatchedEnv, shared: SharedArrays, first: number): () => void {
  const { observations, finalObservations, rewards, terminated, truncated, actionMasks, observationSize } = shard;
  const width = (actionMasks?.length ?? 0) / shard.n;
  return () => {
    shared.observations.set(observations, first * observationSize);
    shared.finalObservations.set(finalObservations, first * observationSize);
    shared.rewards.set(rewards, first);
    shared.terminated.set(terminated, first);
    shared.truncated.set(truncated, first);
    if (actionMasks !== undefined) shared.actionMasks.set(actionMasks, first * width);
  };
}
