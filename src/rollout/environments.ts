/** The environments that training plays in: `n` copies of one, those that are not our own equations guarded. */

import { batch } from "../envs/batched/batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { Shard } from "../envs/batched/shards.js";
import { type EnvSource, makeFrom } from "../envs/env-source.js";
import { envEntry, makeBatch } from "../envs/registry.js";
import { guarded, madeBy } from "./guarded-env.js";
import type { Team } from "./team.js";

/** How the copies of an environment are made: in this thread, or by whoever has more of them. */
export type MakeEnvironments = (env: EnvSource, n: number, options: Readonly<Record<string, unknown>>) => Environments;

/** A batch that steps at the caller's word; where its copies are in several threads, these can also play by themselves. */
export interface Environments extends BatchedEnv {
  readonly team?: Team;
}

/** All in this thread. */
export const environments: MakeEnvironments = (env, n, options) => shard(env, { first: 0, count: n }, n, options);

/** Some of the `n` copies, with the names in messages that they have among all. */
export function shard(
  env: EnvSource,
  { first, count }: Shard,
  n: number,
  options: Readonly<Record<string, unknown>>,
): BatchedEnv {
  if (typeof env === "string" && "dynamics" in envEntry(env)) return makeBatch(env, count, options);
  let made = first;
  return batch(count, () => {
    const name = n === 1 ? "the environment" : `environment ${made++}`;
    return guarded(
      madeBy(() => makeFrom(env, options), name),
      name,
    );
  });
}
