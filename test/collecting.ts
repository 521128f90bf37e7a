/** A collector with its environments. */

import type { BatchedEnv } from "../src/envs/batched/batched-env.js";
import type { Batch } from "../src/rollout/batch.js";
import { collect } from "../src/rollout/collect.js";
import { Collector, type CollectorOptions } from "../src/rollout/collector.js";
import type { Episode } from "../src/rollout/episodes.js";

/** The result of a collector with a complete batch. */
export interface Collected {
  readonly batch: Batch;
  readonly episodes: readonly Episode[];
}

/** A collector that steps its environments itself. */
export interface Collecting {
  readonly collector: Collector;
  /** Takes about `limit` steps, and returns the batch if it is complete. */
  collect(limit: number): Collected | undefined;
  /** A whole batch. */
  whole(): Collected;
}

/** Collects from `options.env`, whose copies are seeded with `seeds` at their first reset. */
export function collecting(
  options: Omit<CollectorOptions, "env"> & { env: BatchedEnv },
  seeds: readonly bigint[],
): Collecting {
  const collector = new Collector(options);
  const some = (limit: number): Collected | undefined =>
    collect(collector, options.env, seeds, limit) ? collector.take() : undefined;
  return {
    collector,
    collect: some,
    whole() {
      const collected = some(Number.POSITIVE_INFINITY);
      if (collected === undefined) throw new Error("the batch is not complete");
      return collected;
    },
  };
}
