import type { Schema, Values } from "../options.js";
import type { Dynamics } from "./dynamics.js";
import type { AnyEnv } from "./env.js";

interface Described<S extends Schema> {
  /** Such as `CartPole-v1`: a name and the version of its rules. */
  readonly id: string;
  /** One line for lists and menus. */
  readonly summary?: string;
  /** What `make(id, options)` takes, besides `maxEpisodeSteps`. */
  readonly options?: S;
  /** Steps after which an episode is cut (`truncated`); without it only the environment ends an episode. */
  readonly maxEpisodeSteps?: number;
  /** The mean return of 100 episodes from which the task counts as solved. */
  readonly rewardThreshold?: number;
  /** Steps a second at which it looks natural to whoever watches; 30 unless given. */
  readonly framesPerSecond?: number;
}

/** How to make an environment of its own kind. */
interface Created<S extends Schema> {
  create(options: Values<S>): AnyEnv;
}

/** Or its equations for `n` copies, from which both one environment and fast batches are made. */
interface Computed<S extends Schema> {
  dynamics(n: number, options: Values<S>): Dynamics;
}

/** What the registry knows of an environment. */
export type EnvSpec<S extends Schema = Schema> = Described<S> & (Created<S> | Computed<S>);

/** Checks a spec against its own options, as the compiler sees them, and then forgets them. */
export function defineEnv<S extends Schema>(spec: EnvSpec<S>): EnvSpec {
  return spec as unknown as EnvSpec;
}
