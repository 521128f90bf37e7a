/** Makes the environments of a run: `n` copies of one. All but the built-in equations are guarded. */

import { isAsync } from "../envs/async-env.js";
import { type AsyncBatchedEnv, asyncBatch } from "../envs/batched/async-batch.js";
import { batch } from "../envs/batched/batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Shard } from "../envs/batched/shards.js";
import { envEntry, makeBatch } from "../envs/entries.js";
import type { AnyEnv } from "../envs/env.js";
import { type EnvSource, makeFrom } from "../envs/env-source.js";
import { ConfigError } from "../errors.js";
import { type Announce, announced } from "./announced.js";
import { guarded, guardedAsync, madeBy } from "./guarded-env.js";

/** Makes `n` copies of an environment, in this thread or in several. */
export type MakeEnvironments = (
  env: EnvSource,
  n: number,
  options: Readonly<Record<string, unknown>>,
) => BatchedEnv | AsyncBatchedEnv;

/** Makes all copies in this thread. */
export const environments: MakeEnvironments = (env, n, options) => shard(env, { first: 0, count: n }, n, options);

/** As `shard`, for a worker thread. @throws ConfigError for an asynchronous environment */
export function promptShard(...args: Parameters<typeof shard>): BatchedEnv {
  const env = shard(...args);
  if (!isAsync(env) && env.selfPlay !== undefined) {
    const allowed = "1 here: the opponents are the policy in training, which is not in other threads";
    throw new ConfigError({ field: "workers", given: "several", allowed });
  }
  if (!isAsync(env)) return env;
  const allowed = "1 here: the copies of an asynchronous environment are asked at the same time already";
  throw new ConfigError({ field: "workers", given: "several", allowed });
}

/** Makes some of the `n` copies. Messages and `announce` number each by its place among all of them. */
export function shard(
  env: EnvSource,
  { first, count }: Shard,
  n: number,
  options: Readonly<Record<string, unknown>>,
  announce?: Announce,
): BatchedEnv | AsyncBatchedEnv {
  if (typeof env === "string" && "dynamics" in envEntry(env)) return madeBy(() => makeBatch(env, count, options));
  const nameOf = (i: number): string => (n === 1 ? "the environment" : `environment ${first + i}`);
  const copies = Array.from({ length: count }, (_, i) => {
    announce?.("create()", first + i);
    return madeBy(() => makeFrom(env, options), nameOf(i));
  });
  const told = (copy: AnyEnv, i: number): AnyEnv =>
    announce === undefined ? copy : announced(copy, (call) => announce(call, first + i));
  const late = copies.filter(isAsync);
  if (late.length === 0) return batch(count, (i) => guarded(told(copies[i] as AnyEnv, i), nameOf(i)));
  return asyncBatch(count, (i) => guardedAsync(late[i], nameOf(i)));
}
