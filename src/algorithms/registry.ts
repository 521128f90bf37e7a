import { ConfigError, nearest } from "../errors.js";
import type { Schema } from "../options.js";
import { a2c } from "./a2c.js";
import { actorCritic } from "./actor-critic.js";
import type { Algorithm } from "./algorithm.js";
import { checkAlgorithm } from "./check-algorithm.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";
import { vpg } from "./vpg.js";

/** Ours, one line each. A name here is also a name in `known-algorithms.ts`. */
const builtIn: readonly Algorithm[] = [reinforce, actorCritic, a2c, vpg, ppo];

const entries = new Map<string, Algorithm>();
for (const algorithm of builtIn) registerAlgorithm(algorithm);

/**
 * Makes an algorithm known by its name: to `train`, `resume`, the command line, lists and presets.
 * @throws ConfigError where its name is taken, or a part of it is missing or contradicts another
 */
export function registerAlgorithm<S extends Schema, P extends string>(algorithm: Algorithm<S, P>): void {
  checkAlgorithm(algorithm);
  if (entries.has(algorithm.name)) {
    const allowed = "a name that is not registered yet";
    throw new ConfigError({ field: "algorithm.name", given: algorithm.name, allowed });
  }
  entries.set(algorithm.name, algorithm);
}

/** Every registered algorithm, in the order of registration. */
export function listAlgorithms(): readonly Algorithm[] {
  return [...entries.values()];
}

/** The algorithm of that name. @throws ConfigError for an unknown one, with the nearest that is known */
export function algorithmEntry(name: string): Algorithm {
  const found = entries.get(name);
  if (found !== undefined) return found;
  const names = [...entries.keys()];
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "algorithm", given: name, allowed, nearest: nearest(name, names) });
}

/** Whether this is one of Ascent's own algorithms, whose errors are Ascent's. */
export function isBuiltIn(algorithm: Algorithm): boolean {
  return builtIn.includes(algorithm);
}
