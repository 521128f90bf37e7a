/** Asynchronous environments: simulators in another process, on another machine, or behind a queue. */

import { ConfigError } from "../errors.js";
import type { ActionMask } from "../spaces/action-mask.js";
import type { Space } from "../spaces/space.js";
import type { AnyEnv, Json, ResetOptions, ResetResult, StepResult, Value } from "./env.js";
import { wrapping } from "./innermost.js";
import { stepCount, timeLimit } from "./time-limit.js";

/**
 * An environment whose `reset` and `step` return promises: `train({ env: () => remote() })` and
 * `for await (const update of run)`. Otherwise it is like `Env`. Its copies are stepped at the same time, and the order
 * of their answers does not affect the results. Each copy has at most one call open.
 *
 * A promise that is rejected, or that is not settled within `answerWithin`, ends the run with an `EnvironmentError`.
 */
export interface AsyncEnv<Obs = Float32Array, Act = number | Float32Array> {
  /** Distinguishes this form from `Env`. */
  readonly asynchronous: true;
  /** Milliseconds within which `reset` and `step` must answer; 60,000 unless given. It does not affect the results. */
  readonly answerWithin?: number | undefined;
  readonly observationSpace: Space<Obs>;
  readonly actionSpace: Space<Act>;
  reset(options?: ResetOptions): Promise<ResetResult<Obs>>;
  step(action: Act): Promise<StepResult<Obs>>;
  /** As for `Env`, in the state after the last answer. */
  actionMask?(): ActionMask;
  /**
   * All state that the future depends on, after the last answer. It is asked for between two steps and can't wait, so
   * a remote simulator sends its state with each answer. Optional: without it a run can't be saved and resumed.
   */
  snapshot?(): Json;
  restore?(state: Json): void;
}

/** An asynchronous environment whose spaces are known only at run time. */
export type AnyAsyncEnv = AsyncEnv<Value, Value>;

/** Whether an environment, or a batch of environments, is asynchronous. */
export function isAsync<E extends object>(env: E): env is Extract<E, { readonly asynchronous: true }> {
  return "asynchronous" in env && env.asynchronous === true;
}

/** The longest time that timers of JavaScript can wait, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** Milliseconds within which an environment must answer. @throws ConfigError unless they are from 1 to 2^31 - 1 */
export function answerTime({ answerWithin = 60_000 }: AnyAsyncEnv): number {
  if (answerWithin >= 1 && answerWithin <= LONGEST_WAIT) return answerWithin;
  const allowed = `a number of milliseconds from 1 to ${LONGEST_WAIT}`;
  throw new ConfigError({ field: "answerWithin", given: answerWithin, allowed });
}

/** Adds a time limit to an environment of either form. 0 means no limit. */
export function limitTime(env: AnyEnv | AnyAsyncEnv, maxEpisodeSteps: number): AnyEnv | AnyAsyncEnv {
  const limit = maxEpisodeSteps > 0 ? maxEpisodeSteps : Infinity;
  return isAsync(env) ? asyncTimeLimit(env, limit) : timeLimit(env, limit);
}

/** The asynchronous form of `timeLimit`: episodes have at most `maxEpisodeSteps` steps. */
function asyncTimeLimit<Obs, Act>(env: AsyncEnv<Obs, Act>, maxEpisodeSteps: number): AsyncEnv<Obs, Act> {
  const count = stepCount(maxEpisodeSteps);
  const limited: AsyncEnv<Obs, Act> = {
    asynchronous: true,
    answerWithin: env.answerWithin,
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    async reset(options) {
      const result = await env.reset(options);
      count.begin();
      return result;
    },
    async step(action) {
      count.requireBegun();
      return count.add(await env.step(action));
    },
  };
  const { actionMask, snapshot, restore } = env;
  if (actionMask) limited.actionMask = () => actionMask.call(env);
  if (snapshot && restore) {
    limited.snapshot = () => count.snapshot(snapshot.call(env));
    limited.restore = (state) => count.restore(state, (saved) => restore.call(env, saved));
  }
  return wrapping(limited, env);
}
