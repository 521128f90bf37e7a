/** Checks that an environment has the Box spaces that a wrapper needs. */

import { ConfigError } from "../../errors.js";
import { type Box, isBox } from "../../spaces/box.js";
import type { Space } from "../../spaces/space.js";
import type { Env } from "../env.js";

/**
 * Requires at compile time that `T` may be the type of a `Box`'s values. A union that is narrowed only at run time, such as
 * that of `make(id)`, passes; `boxOf` checks it then.
 */
export type MayBeBox<T> = Float32Array extends T ? unknown : { readonly "these values are not those of a Box": T };

/** Returns the space as a `Box`. @throws ConfigError naming the wrapper if it is not one */
export function boxOf(space: Space<unknown>, field: string, allowed: string): Box {
  if (isBox(space)) return space;
  throw new ConfigError({ field, given: String(space), allowed });
}

/** Returns the environment as one with `Box` observations. @throws ConfigError naming the wrapper if it has others */
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
