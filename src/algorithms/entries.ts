/**
 * Algorithms by name. Nothing is registered here: `registry.ts` is this registry with Ascent's own algorithms, and
 * `ascent/lean` is for programs that register only those that they use.
 */

import { ConfigError, nearest } from "../errors.js";
import type { Schema } from "../options.js";
import type { Algorithm } from "./algorithm.js";
import { checkAlgorithm } from "./check-algorithm.js";

const entries = new Map<string, Algorithm>();
const builtIn = new Set<Algorithm>();

/**
 * Registers an algorithm under its name, for `train`, `resume` and the command line. Registering the same object again
 * changes nothing.
 *
 * @throws ConfigError if its name is taken, or a part is missing or contradicts another
 */
export function registerAlgorithm<S extends Schema, P extends string>(algorithm: Algorithm<S, P>): void {
  checkAlgorithm(algorithm);
  if (entries.get(algorithm.name) === algorithm) return;
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
  const allowed = names.length === 0 ? "the name of an algorithm that was registered" : `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "algorithm", given: name, allowed, nearest: nearest(name, names) });
}

/** Registers one of Ascent's own algorithms. */
export function registerBuiltIn(algorithm: Algorithm): void {
  builtIn.add(algorithm);
  registerAlgorithm(algorithm);
}

/** Whether this is one of Ascent's own algorithms. */
export function isBuiltIn(algorithm: Algorithm): boolean {
  return builtIn.has(algorithm);
}
