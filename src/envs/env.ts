import type { Json } from "../json.js";
import type { Scene } from "../scene/scene.js";
import type { ActionMask } from "../spaces/action-mask.js";
import type { Space } from "../spaces/space.js";
import type { SelfPlay } from "./self-play.js";

export type { Json };

/** Additional information for people and for debugging. Policies never read it. */
export type Info = Record<string, unknown>;

/** The options of `reset`. */
export interface ResetOptions {
  /** Seeds the random numbers: a whole number from 0 to 2^128 - 1. */
  readonly seed?: number | bigint | undefined;
  /** Settings of the next episode only, such as CartPole's `{ low, high }`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** The result of `reset`: the first observation of an episode. */
export interface ResetResult<Obs> {
  readonly observation: Obs;
  readonly info: Info;
}

/** The result of `step`. */
export interface StepResult<Obs> {
  readonly observation: Obs;
  readonly reward: number;
  /** The episode reached a terminal state, whose value is 0. */
  readonly terminated: boolean;
  /** A time limit ended the episode. It could have gone on, so the value of its last state is estimated. */
  readonly truncated: boolean;
  readonly info: Info;
}

/**
 * An environment, with the semantics of Gymnasium 1.4 in camelCase.
 *
 * - `reset({ seed })` seeds the random numbers; `reset()` continues their stream. Without any seed, the stream starts
 *   from seed 0, so nothing is random by accident.
 * - `step` throws before the first `reset` and after the end of an episode.
 * - Every call returns a new observation. An observation never changes after it was returned.
 *
 * `Env<Float32Array, number>` gives the types of observations and actions. The last two parameters are the types of the
 * spaces, so that `make("CartPole-v1").actionSpace.n` is a number.
 */
export interface Env<
  Obs = Float32Array,
  Act = number | Float32Array,
  ObsSpace extends Space<Obs> = Space<Obs>,
  ActSpace extends Space<Act> = Space<Act>,
> {
  readonly observationSpace: ObsSpace;
  readonly actionSpace: ActSpace;
  reset(options?: ResetOptions): ResetResult<Obs>;
  step(action: Act): StepResult<Obs>;
  /** The actions that are allowed in the current state. Policies never choose another. */
  actionMask?(): ActionMask;
  /** A picture of the current state, as shapes in world units. */
  render?(): Scene;
  /** The complete state, including that of the random numbers. `restore` continues exactly from it. */
  snapshot?(): Json;
  restore?(state: Json): void;
  /** For an environment in which the policy in training also plays another side, such as a game. */
  readonly selfPlay?: SelfPlay | undefined;
  /** What speaks against training in it as it is. Said before a run. */
  readonly warning?: string | undefined;
}

/** A value of any space. */
export type Value =
  | number
  | Float32Array
  | Int32Array
  | Int8Array
  | readonly Value[]
  | { readonly [name: string]: Value };

/** An environment whose spaces are known only at run time, such as one made from a name. */
export type AnyEnv = Env<Value, Value>;

/** The type of an environment's observations: `ObservationOf<Env<Float32Array, number>>` is `Float32Array`. */
export type ObservationOf<E> = E extends { reset(): ResetResult<infer Obs> | Promise<ResetResult<infer Obs>> }
  ? Obs
  : unknown;

/** The type of an environment's actions. */
export type ActionOf<E> = E extends { step(action: infer Act): unknown } ? Act : Value;
