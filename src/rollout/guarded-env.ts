/** Wraps environments so that every result is checked. An invalid one becomes an error that names its step. */

import { type AnyAsyncEnv, answerTime } from "../envs/async-env.js";
import type { AnyEnv, Env, Json } from "../envs/env.js";
import { wrapping } from "../envs/innermost.js";
import { ConfigError } from "../errors.js";
import { EnvironmentError, Guard, reasonOf } from "./guard.js";

/** Makes an environment. @throws ConfigError from its options @throws EnvironmentError for anything else it throws */
export function madeBy<E>(create: () => E, name = "the environment"): E {
  try {
    return create();
  } catch (error) {
    if (error instanceof ConfigError) throw asEnvOption(error);
    throw new EnvironmentError(`create() of ${name} threw: ${reasonOf(error)}`, { cause: error });
  }
}

/** An environment knows its options as `options.map`, and a config has them as `envOptions.map`. */
function asEnvOption(error: ConfigError): ConfigError {
  return error.renamed(error.field.replace(/^options\./, "envOptions."));
}

/** Wraps an environment in checks. `name` appears in messages. */
export function guarded<Obs, Act>(env: Env<Obs, Act>, name = "the environment"): Env<Obs, Act> {
  const guard = new Guard(env, name);
  const wrapped: Env<Obs, Act> = {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset(options) {
      guard.beginReset();
      return guard.checkReset(guard.call("reset()", () => env.reset(onlySeed(options?.seed))));
    },
    step(action) {
      guard.beginStep();
      return guard.checkStep(guard.call("step()", () => env.step(action)));
    },
    ...stateOf(env, guard),
    ...(env.selfPlay && { selfPlay: env.selfPlay }),
    ...(env.warning && { warning: env.warning }),
  };
  return wrapping(wrapped, env);
}

/** The same for an asynchronous environment. A promise that is pending for longer than `answerWithin` is an error. */
export function guardedAsync(env: AnyAsyncEnv, name = "the environment"): AnyAsyncEnv {
  const guard = new Guard(env, name);
  const answerWithin = answerTime(env);
  const call = async <T>(method: string, run: () => Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(guard.late(method, answerWithin)), answerWithin);
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
  const wrapped: AnyAsyncEnv = {
    asynchronous: true,
    answerWithin,
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
  return wrapping(wrapped, env);
}

function onlySeed(seed: number | bigint | undefined): { seed?: number | bigint } {
  return seed === undefined ? {} : { seed };
}

/** The members that both kinds of environment share: masks and snapshots. */
function stateOf(
  env: Pick<AnyEnv, "actionMask" | "snapshot" | "restore">,
  guard: Guard,
): Pick<AnyEnv, "actionMask" | "snapshot" | "restore"> {
  const { actionMask, snapshot, restore } = env;
  return {
    ...(actionMask && { actionMask: () => guard.readMask() }),
    ...(snapshot && restore && { snapshot: () => guard.snapshot(), restore: (state: Json) => guard.restore(state) }),
  };
}
