/** Which environments a loop that does not wait can step. */

import { isAsync } from "../envs/async-env.js";
import type { AsyncBatchedEnv } from "../envs/batched/async-batch.js";
import type { BatchedEnv } from "../envs/batched/batched-env.js";
import { ConfigError } from "../errors.js";

/** The environment itself. @throws ConfigError if its answers have to be awaited */
export function promptEnv(env: BatchedEnv | AsyncBatchedEnv): BatchedEnv {
  if (!isAsync(env)) return env;
  throw needsWaiting();
}

/** The error of a loop that does not wait for an asynchronous environment. */
export function needsWaiting(): ConfigError {
  const allowed = "for await (const update of run), or advanceAsync(): this environment is asynchronous";
  return new ConfigError({ field: "advance", given: "a loop that does not wait", allowed });
}
