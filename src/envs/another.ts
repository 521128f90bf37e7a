/** Further copies of an environment that was made from a name. */

import type { AnyEnv } from "./env.js";

const makers = new WeakMap<object, () => AnyEnv>();

/** Remembers how an environment was made. */
export function rememberMaker(env: AnyEnv, make: () => AnyEnv): void {
  makers.set(env, make);
}

/** Makes another environment of the same name and options; undefined if `make` did not make this one. */
export function anotherOf(env: object): (() => AnyEnv) | undefined {
  return makers.get(env);
}
