/** Running environments for a collector. */

import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Collector } from "./collector.js";

/**
 * Takes about `limit` steps: all environments step together, so it may be a few more. Stops as soon as the collector's batch is
 * complete, and returns whether it is. `seeds` are for the first reset, one a copy.
 */
export function collect(collector: Collector, env: BatchedEnv, seeds: readonly bigint[], limit: number): boolean {
  for (let taken = 0; taken < limit && !collector.complete; taken += env.n) {
    if (!collector.started) {
      env.reset(seeds);
      collector.begin();
    }
    env.step(collector.ask());
    collector.tell();
  }
  return collector.complete;
}
