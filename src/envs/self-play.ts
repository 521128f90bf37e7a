/** How an environment with another player gets that player from training. */

import type { Json } from "../json.js";
import type { Generator } from "../random/generator.js";
import type { ActionMask } from "../spaces/action-mask.js";

/** The players that training provides. */
export interface Opponents {
  /** Chooses an opponent for an episode, as a number that may be kept in a snapshot. */
  choose(rng: Generator): number;
  /** The move of that opponent, which sees `observation` and may do what `mask` allows. */
  move(opponent: number, observation: unknown, mask: ActionMask | undefined, rng: Generator): number;
  /** To be called at the end of each episode, with what the policy in training made of it: 1 won, ½ drawn, 0 lost. */
  ended(opponent: number, points: number): void;
}

/** How training chooses among its players. */
export interface PoolSettings {
  /** How many past policies are kept. */
  readonly size: number;
  /** The present policy joins them after every so many updates. */
  readonly every: number;
}

/** The probabilities of all actions that a policy sees in each of these observations. */
export type Judge = (observations: readonly unknown[], masks: readonly ActionMask[]) => readonly Float64Array[];

/** Follows the policy in training, and says how good it is. Training saves its state. */
export interface Gauge {
  /** Called after each update. What it returns is part of the update's diagnostics. */
  measure(judge: Judge): Readonly<Record<string, number>>;
  snapshot(): Json;
  restore(state: Json): void;
}

/** What an environment offers in which the policy in training also plays the other side. */
export interface SelfPlay {
  /** Half of the opponents come from a pool of past policies; without it, all are the present one. */
  readonly pool?: PoolSettings | undefined;
  /** Hands the players over. Training calls it before the first reset. */
  invite(opponents: Opponents): void;
  /** Makes a gauge, if there is something to measure by. */
  gauge?(): Gauge | undefined;
}
