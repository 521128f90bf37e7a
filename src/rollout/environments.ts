/** The environments that training plays in: `n` copies of one, those that are not our own equations guarded. */

import { isAsync } from "../envs/async-env.js";
import { type AsyncBatchedEnv, asyncBatch } from "../envs/batched/async-batch.js";
import { batch } from "../envs/batched/batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Shard } from "../envs/batched/shards.js";
import type { AnyEnv } from "../envs/env.js";
import { type EnvSource, makeFrom } from "../envs/env-source.js";
import { envEntry, makeBatch } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import { guarded, guardedAsync, madeBy } from "./guarded-env.js";

/** How the copies of an environment are made: in this thread, or by whoever has more of them. */
export type MakeEnvironments = (
  env: EnvSource,
  n: number,
  options: Readonly<Record<string, unknown>>,
) => BatchedEnv | AsyncBatchedEnv;

/** All in this thread. */
export const environments: MakeEnvironments = (env, n, options) => shard(env, { first: 0, count: n }, n, options);

/** Some of the `n` copies in a thread of their own. @throws ConfigError for an environment that answers later */
export function promptShard(...args: Parameters<typeof shard>): BatchedEnv {
  const env = shard(...args);
  if (!isAsync(env)) return env;
  const allowed = "1 here: the copies of an environment that answers later are asked at the same time already";
  throw new ConfigError({ field: "workers", given: "several", allowed });
}

/** Some of the `n` copies, with the names in messages that they have among all. */
export function shard(
  env: EnvSource,
  { first, count }: Shard,
  n: number,
  options: Readonly<Record<string, unknown>>,
): BatchedEnv | AsyncBatchedEnv {
  if (typeof env === "string" && "dynamics" in envEntry(env)) return makeBatch(env, count, options);
  const nameOf = (i: number): string => (n === 1 ? "the environment" : `environment ${first + i}`);
  const copies = Array.from({ length: count }, (_, i) => madeBy(() => makeFrom(env, options), nameOf(i)));
  const late = copies.filter(isAsync);
  if (late.length === 0) return batch(count, (i) => guarded(copies[i] as AnyEnv, nameOf(i)));
  return asyncBatch(count, (i) => guardedAsync(late[i], nameOf(i)));
}
