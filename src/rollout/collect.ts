/** The two drivers that step environments for a collector: one for synchronous and one for asynchronous environments. */

import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Collector } from "./collector.js";

/**
 * Takes about `limit` steps. All environments step together, so it may take a few more. It stops when the collector's
 * batch is complete, and returns whether it is. `seeds` has one seed per copy, for the first reset.
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

/** The same for asynchronous environments. */
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
