/** Wrappers that compute with the numbers of a Box: which environments they take. */

import { ConfigError } from "../../errors.js";
import type { Box } from "../../spaces/box.js";
import type { Space } from "../../spaces/space.js";
import type { Env } from "../env.js";

/**
 * Asks at compile time that values of type `T` may be those of a `Box`. A type that is known only when the program runs,
 * such as that of `make(id)`, passes; `boxOf` checks it then.
 */
export type MayBeBox<T> = Float32Array extends T ? unknown : { readonly "these values are not those of a Box": T };

/** The space as the `Box` that it has to be. @throws ConfigError naming the wrapper */
export function boxOf(space: Space<unknown>, field: string, allowed: string): Box {
  if (isBox(space)) return space;
  throw new ConfigError({ field, given: String(space), allowed });
}

/** The environment as one that observes a `Box`, which it has to be. @throws ConfigError naming the wrapper */
export function observingBox<Act, ActSpace extends Space<Act>>(
  env: Env<unknown, Act, Space<unknown>, ActSpace>,
  field: string,
  allowed = "observations of a Box",
): Env<Float32Array, Act, Box, ActSpace> {
  if (observesBox(env)) return env;
  throw new ConfigError({ field, given: String(env.observationSpace), allowed });
}

function observesBox<Act, ActSpace extends Space<Act>>(
  env: Env<unknown, Act, Space<unknown>, ActSpace>,
): env is Env<Float32Array, Act, Box, ActSpace> {
  return isBox(env.observationSpace);
}

function isBox(space: Space<unknown>): space is Box {
  return space.kind === "box";
}
