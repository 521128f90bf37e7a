/** The environments that training plays in: `n` copies of a registered one, those that are not our own equations guarded. */

import { batch } from "../envs/batched/batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Shard } from "../envs/batched/shards.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { envEntry, make, makeBatch } from "../envs/registry.js";
import { guarded } from "./guarded-env.js";

/** How the copies of an environment are made: in this thread, or by whoever has more of them. */
export type MakeEnvironments = (id: string, n: number, options: Readonly<Record<string, unknown>>) => BatchedEnv;

/** All in this thread. */
export const environments: MakeEnvironments = (id, n, options) => shard(id, { first: 0, count: n }, n, options);

/** Some of the `n` copies, with the names in messages that they have among all. */
export function shard(
  id: string,
  { first, count }: Shard,
  n: number,
  options: Readonly<Record<string, unknown>>,
): BatchedEnv {
  if ("dynamics" in envEntry(id)) return makeBatch(id, count, options);
  let made = first;
  return batch(count, () => {
    const name = n === 1 ? "the environment" : `environment ${made++}`;
    return guarded(make(id, options) as Env<unknown, unknown>, name) as AnyEnv;
  });
}
