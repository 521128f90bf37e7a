/** The modules that an environment may import. `lab/own-env-build.ts` has the same list, for their types. */

import * as ascent from "ascent";
import * as envs from "ascent/envs";
import * as maths from "ascent/maths";
import * as random from "ascent/random";
import * as scene from "ascent/scene";
import * as spaces from "ascent/spaces";

const MODULES: Readonly<Record<string, unknown>> = {
  ascent,
  "ascent/envs": envs,
  "ascent/maths": maths,
  "ascent/random": random,
  "ascent/scene": scene,
  "ascent/spaces": spaces,
};

/** @throws Error with the names that there are */
export function moduleOf(name: string): unknown {
  if (!Object.hasOwn(MODULES, name))
    throw new Error(`There is no "${name}" here. An environment can import ${Object.keys(MODULES).join(", ")}.`);
  return MODULES[name];
}
