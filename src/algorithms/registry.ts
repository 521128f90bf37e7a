/** The registry of algorithms with Ascent's own in it: they are registered at its first use. */

import type { Schema } from "../options.js";
import { a2c } from "./a2c.js";
import { actorCritic } from "./actor-critic.js";
import type { Algorithm } from "./algorithm.js";
import * as entries from "./entries.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";
import { vpg } from "./vpg.js";

/** The built-in algorithms. Each is also declared in `known-algorithms.ts`. */
const builtIn: readonly Algorithm[] = [reinforce, actorCritic, a2c, vpg, ppo];

let registered = false;

/** Registers Ascent's own algorithms, once. A function that looks up a name for its caller begins with this. */
export function registerBuiltInAlgorithms(): void {
  if (registered) return;
  registered = true;
  for (const algorithm of builtIn) entries.registerBuiltIn(algorithm);
}

/**
 * Registers an algorithm under its name, for `train`, `resume` and the command line. Registering the same object again
 * changes nothing.
 *
 * @throws ConfigError if its name is taken, or a part is missing or contradicts another
 */
export function registerAlgorithm<S extends Schema, P extends string>(algorithm: Algorithm<S, P>): void {
  registerBuiltInAlgorithms();
  entries.registerAlgorithm(algorithm);
}

/** Every registered algorithm, in the order of registration. */
export function listAlgorithms(): readonly Algorithm[] {
  registerBuiltInAlgorithms();
  return entries.listAlgorithms();
}

/** The algorithm of that name. @throws ConfigError for an unknown name, with the nearest known one */
export function algorithmEntry(name: string): Algorithm {
  registerBuiltInAlgorithms();
  return entries.algorithmEntry(name);
}
