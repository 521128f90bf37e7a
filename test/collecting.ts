/** A collector together with the environments that it collects from. */

import type { BatchedEnv } from "../src/envs/batched/batched-env.js";
import type { Batch } from "../src/rollout/batch.js";
import { collect } from "../src/rollout/collect.js";
import { Collector, type CollectorOptions } from "../src/rollout/collector.js";
import type { Episode } from "../src/rollout/episodes.js";

/** What a collector hands out when its batch is complete. */
export interface Collected {
  readonly batch: Batch;
  readonly episodes: readonly Episode[];
}

/** A collector that is driven by itself. */
export interface Collecting {
  readonly collector: Collector;
  /** About `limit` steps; what was collected as soon as it is complete. */
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
