/** The types of the algorithms that can be named in a config. */

import type { Given, Schema } from "../options.js";
import type { a2c } from "./a2c.js";
import type { actorCritic } from "./actor-critic.js";
import type { Algorithm } from "./algorithm.js";
import type { ppo } from "./ppo.js";
import type { reinforce } from "./reinforce.js";
import type { vpg } from "./vpg.js";

/**
 * Algorithms by name, for the compiler. Besides registering your own algorithm, declare it:
 * `declare module "ascent/algorithms" { interface KnownAlgorithms { ranked: typeof ranked } }`.
 */
export interface KnownAlgorithms {
  reinforce: typeof reinforce;
  "actor-critic": typeof actorCritic;
  a2c: typeof a2c;
  vpg: typeof vpg;
  ppo: typeof ppo;
}

/** The `algorithm` of a config: a name in `KnownAlgorithms`, or an object from `defineAlgorithm`. */
export type AlgorithmChoice = keyof KnownAlgorithms | Algorithm;

/** The options of an algorithm, all of them optional. */
export type AlgorithmOptions<A> = OptionsOf<A extends keyof KnownAlgorithms ? KnownAlgorithms[A] : A>;

/** The names of its presets. */
export type PresetName<A> = PresetsOf<A extends keyof KnownAlgorithms ? KnownAlgorithms[A] : A>;

type OptionsOf<A> = A extends { readonly options: infer S extends Schema } ? Given<S> : never;
type PresetsOf<A> = A extends { readonly presets: infer P } ? keyof P & string : never;
