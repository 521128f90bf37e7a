import { ConfigError, nearest } from "../errors.js";
import type { Schema } from "../options.js";
import { a2c } from "./a2c.js";
import { actorCritic } from "./actor-critic.js";
import type { Algorithm } from "./algorithm.js";
import { checkAlgorithm } from "./check-algorithm.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";
import { vpg } from "./vpg.js";

/** The built-in algorithms. Each is also declared in `known-algorithms.ts`. */
const builtIn: readonly Algorithm[] = [reinforce, actorCritic, a2c, vpg, ppo];

const entries = new Map<string, Algorithm>();
for (const algorithm of builtIn) registerAlgorithm(algorithm);

/**
 * Registers an algorithm under its name, for `train`, `resume` and the command line.
 * @throws ConfigError if its name is taken, or a part is missing or contradicts another
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

/** The algorithm of that name. @throws ConfigError for an unknown name, with the nearest known one */
export function algorithmEntry(name: string): Algorithm {
  const found = entries.get(name);
  if (found !== undefined) return found;
  const names = [...entries.keys()];
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "algorithm", given: name, allowed, nearest: nearest(name, names) });
}

/** Whether this is one of Ascent's own algorithms. */
export function isBuiltIn(algorithm: Algorithm): boolean {
  return builtIn.includes(algorithm);
}
