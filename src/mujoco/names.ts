/** Finds bodies and sites of a model by name. */

import { ConfigError } from "../errors.js";
import { mujoco } from "./native/load.js";
import type { CompiledModel } from "./native/state-cache.js";

/** The number of a body. @throws ConfigError if the model has none of that name */
export function bodyIndex(model: CompiledModel, name: string): number {
  return indexOf(model, "body", name);
}

/** The number of a site. @throws ConfigError if the model has none of that name */
export function siteIndex(model: CompiledModel, name: string): number {
  return indexOf(model, "site", name);
}

function indexOf({ native, indices }: CompiledModel, kind: "body" | "site", name: string): number {
  const key = `${kind} ${name}`;
  const known = indices.get(key);
  if (known !== undefined) return known;
  const { mjtObj, mj_name2id } = mujoco();
  const found = mj_name2id(native, (kind === "body" ? mjtObj.mjOBJ_BODY : mjtObj.mjOBJ_SITE).value, name);
  if (found < 0) throw new ConfigError({ field: kind, given: name, allowed: `the name of a ${kind} of the model` });
  indices.set(key, found);
  return found;
}
