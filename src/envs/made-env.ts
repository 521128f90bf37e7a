import { ConfigError } from "../errors.js";
import type { AnyAsyncEnv } from "./async-env.js";
import type { AnyEnv } from "./env.js";

/** Returns the result of a factory function. @throws ConfigError if it is not an environment */
export function madeEnv(env: AnyEnv | AnyAsyncEnv): AnyEnv | AnyAsyncEnv {
  const isObject = typeof env === "object" && env !== null;
  if (isObject && isSpace(env.observationSpace) && isSpace(env.actionSpace) && isFunction(env.reset, env.step))
    return env;
  const shape = "a function that returns an environment: an object with observationSpace, actionSpace, reset and step";
  const late = "; what it has to wait for is awaited in reset, by an asynchronous environment (asynchronous: true)";
  const isPromise = env instanceof Promise;
  throw new ConfigError({
    field: "create",
    given: isPromise ? "a function that returns a promise" : env,
    allowed: isPromise ? shape + late : shape,
  });
}

function isSpace(space: unknown): boolean {
  return typeof space === "object" && space !== null && "kind" in space;
}

function isFunction(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "function");
}
