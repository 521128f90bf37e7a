/** The environments that training plays in: `n` copies of a registered one, those that are not our own equations guarded. */

import { batch } from "../envs/batched/batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import type { AnyEnv, Env } from "../envs/env.js";
import { envEntry, make, makeBatch } from "../envs/registry.js";
import { guarded } from "./guarded-env.js";

/** How the copies of an environment are made: in this thread, or by whoever has more of them. */
export type MakeEnvironments = (id: string, n: number, options: Readonly<Record<string, unknown>>) => BatchedEnv;

/** All in this thread. */
export const environments: MakeEnvironments = (id, n, options) => {
  if ("dynamics" in envEntry(id)) return makeBatch(id, n, options);
  let made = 0;
  return batch(n, () => {
    const name = n === 1 ? "the environment" : `environment ${made++}`;
    return guarded(make(id, options) as Env<unknown, unknown>, name) as AnyEnv;
  });
};
