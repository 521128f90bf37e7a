/** The two drivers that step environments for a collector: one for synchronous and one for asynchronous environments. */

import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Collector } from "./collector.js";

/** The number of copies that are reset without a pause. */
const RESETS_A_SLICE = 2;

/**
 * Takes about `limit` steps. All environments step together, so it may take a few more. It stops when the collector's
 * batch is complete, and returns whether it is. `seeds` has one seed per copy, for the first reset. With a limit, the
 * first calls only reset environments: in a page, their code has yet to be compiled, so a reset takes longer than a step.
 */
export function collect(collector: Collector, env: BatchedEnv, seeds: readonly bigint[], limit: number): boolean {
  if (!collector.started) {
    reset(collector, env, seeds, limit);
    if (Number.isFinite(limit)) return false;
  }
  for (let taken = 0; taken < limit && !collector.complete; taken += env.n) {
    env.step(collector.ask());
    collector.tell();
  }
  return collector.complete;
}

/** Resets all environments, or a few of them if there is a limit. */
function reset(collector: Collector, env: BatchedEnv, seeds: readonly bigint[], limit: number): void {
  if (env.resetCopy === undefined || !Number.isFinite(limit)) env.reset(seeds);
  else {
    const end = Math.min(collector.resets + RESETS_A_SLICE, env.n);
    for (; collector.resets < end; collector.resets++) env.resetCopy(collector.resets, seeds[collector.resets]);
    if (end < env.n) return;
  }
  collector.begin();
}

/** The same for asynchronous environments. */
export async function collectAsync(
  collector: Collector,
  env: AsyncBatchedEnv,
  seeds: readonly bigint[],
  limit: number,
): Promise<boolean> {
  if (!collector.started) {
    await env.reset(seeds);
    collector.begin();
    if (Number.isFinite(limit)) return false;
  }
  for (let taken = 0; taken < limit && !collector.complete; taken += env.n) {
    await env.step(collector.ask());
    collector.tell();
  }
  return collector.complete;
}
