import type { Schema, Values } from "../options.js";
import type { AsyncEnv } from "./async-env.js";
import type { Dynamics } from "./dynamics.js";
import type { Env, Value } from "./env.js";

interface Described<S extends Schema> {
  /** A name and the version of its rules, such as `CartPole-v1`. */
  readonly id: string;
  /** One line for lists. */
  readonly summary?: string | undefined;
  /** The options of `make(id, options)` other than `maxEpisodeSteps`. */
  readonly options?: S | undefined;
  /** The number of steps after which an episode is truncated. Default: no limit. */
  readonly maxEpisodeSteps?: number | undefined;
  /** The mean return of 100 episodes at which the task counts as solved. */
  readonly rewardThreshold?: number | undefined;
  /** The steps per second at which an animation looks natural. Default: 30. */
  readonly framesPerSecond?: number | undefined;
}

/** A spec with a function that makes the environment. */
interface Created<S extends Schema, Obs, Act> {
  create(options: Values<S>): Env<Obs, Act> | AsyncEnv<Obs, Act>;
}

/** A spec with the equations for `n` copies, from which single environments and fast batches are made. */
interface Computed<S extends Schema> {
  dynamics(n: number, options: Values<S>): Dynamics;
}

/** The argument of `register`. */
export type EnvSpec<S extends Schema = Schema, Obs extends Value = Value, Act extends Value = Value> = Described<S> &
  (Created<S, Obs, Act> | Computed<S>);

/** Returns the spec unchanged, with types: the compiler checks the options that it reads. */
export function defineEnv<S extends Schema = Record<never, never>>(spec: EnvSpec<S>): EnvSpec<S> {
  return spec;
}
