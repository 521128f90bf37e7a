/** Environments whose every answer is checked: a wrong one gets no further, and is named with its step. */

import { type AnyAsyncEnv, type AsyncEnv, isAsync } from "../envs/async-env.js";
import type { AnyEnv, Env, Json } from "../envs/env.js";
import { Guard } from "./guard.js";

/** The same environment, guarded. `name` stands in its messages: "the environment", or which one of several. */
export function guarded(env: Env<unknown, unknown>, name = "the environment"): Env<unknown, unknown> {
  const guard = new Guard(env, name);
  const call = <T>(method: string, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw guard.thrown(method, error);
    }
  };
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      guard.beginReset();
      return guard.checkReset(call("reset()", () => env.reset(onlySeed(options?.seed))));
    },
    step(action) {
      guard.beginStep();
      return guard.checkStep(call("step()", () => env.step(action)));
    },
    ...stateOf(env, guard),
  };
}

/** The same for an environment that answers later. A promise that takes more than `timeoutSeconds` is an error. */
export function guardedAsync(
  env: AsyncEnv<unknown, unknown>,
  name = "the environment",
  timeoutSeconds = 60,
): AsyncEnv<unknown, unknown> {
  const guard = new Guard(env, name);
  const call = async <T>(method: string, run: () => Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(guard.late(method, timeoutSeconds)), 1000 * timeoutSeconds);
    });
    const answer = async (): Promise<T> => {
      try {
        return await run();
      } catch (error) {
        throw guard.thrown(method, error);
      }
    };
    try {
      return await Promise.race([answer(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    asynchronous: true,
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    async reset(options) {
      guard.beginReset();
      return guard.checkReset(await call("reset()", () => env.reset(onlySeed(options?.seed))));
    },
    async step(action) {
      guard.beginStep();
      return guard.checkStep(await call("step()", () => env.step(action)));
    },
    ...stateOf(env, guard),
  };
}

/** Guards an environment of either form. */
export function guardedCopy(env: AnyEnv | AnyAsyncEnv, name: string, timeoutSeconds?: number): AnyEnv | AnyAsyncEnv {
  return isAsync(env)
    ? (guardedAsync(env as AsyncEnv<unknown, unknown>, name, timeoutSeconds) as AnyAsyncEnv)
    : (guarded(env as Env<unknown, unknown>, name) as AnyEnv);
}

function onlySeed(seed: number | bigint | undefined): { seed?: number | bigint } {
  return seed === undefined ? {} : { seed };
}

/** What both forms hand through: masks and snapshots. */
function stateOf(
  env: Pick<Env<unknown, unknown>, "actionMask" | "snapshot" | "restore">,
  guard: Guard,
): Pick<Env<unknown, unknown>, "actionMask" | "snapshot" | "restore"> {
  const { actionMask, snapshot, restore } = env;
  return {
    ...(actionMask && { actionMask: () => actionMask.call(env) }),
    ...(snapshot &&
      restore && { snapshot: () => guard.snapshot(), restore: (state: Json) => guard.restore(state) }),
  };
}
