import type { Schema, Values } from "../options.js";
import type { AsyncEnv } from "./async-env.js";
import type { Dynamics } from "./dynamics.js";
import type { Env, Value } from "./env.js";

interface Described<S extends Schema> {
  /** Such as `CartPole-v1`: a name and the version of its rules. */
  readonly id: string;
  /** One line for lists and menus. */
  readonly summary?: string | undefined;
  /** What `make(id, options)` takes, besides `maxEpisodeSteps`. */
  readonly options?: S | undefined;
  /** Steps after which an episode is cut (`truncated`); without it only the environment ends an episode. */
  readonly maxEpisodeSteps?: number | undefined;
  /** The mean return of 100 episodes from which the task counts as solved. */
  readonly rewardThreshold?: number | undefined;
  /** Steps a second at which it looks natural to whoever watches; 30 unless given. */
  readonly framesPerSecond?: number | undefined;
}

/** How to make an environment of its own kind. */
interface Created<S extends Schema, Obs, Act> {
  create(options: Values<S>): Env<Obs, Act> | AsyncEnv<Obs, Act>;
}

/** Or its equations for `n` copies, from which both one environment and fast batches are made. */
interface Computed<S extends Schema> {
  dynamics(n: number, options: Values<S>): Dynamics;
}

/** What the registry knows of an environment. */
export type EnvSpec<S extends Schema = Schema, Obs extends Value = Value, Act extends Value = Value> = Described<S> &
  (Created<S, Obs, Act> | Computed<S>);

/** Checks a spec against its own options, as the compiler sees them. */
export function defineEnv<S extends Schema = Record<never, never>>(spec: EnvSpec<S>): EnvSpec<S> {
  return spec;
}
