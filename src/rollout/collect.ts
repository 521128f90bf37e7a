/** Running environments for a collector: those that answer at once, and those that answer later. */

import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
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

/** The same with environments that answer later. */
export async function collectAsync(
  collector: Collector,
  env: AsyncBatchedEnv,
  seeds: readonly bigint[],
  limit: number,
): Promise<boolean> {
  for (let taken = 0; taken < limit && !collector.complete; taken += env.n) {
    if (!collector.started) {
      await env.reset(seeds);
      collector.begin();
    }
    await env.step(collector.ask());
    collector.tell();
  }
  return collector.complete;
}
