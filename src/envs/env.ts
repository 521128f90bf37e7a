import type { Scene } from "../scene/scene.js";
import type { Space } from "../spaces/space.js";

/** Anything that survives a round trip through JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What an environment tells besides: for people and for debugging, never for the policy. */
export type Info = Record<string, unknown>;

/** What `reset` takes. */
export interface ResetOptions {
  /** Starts the random numbers anew: a whole number from 0 to 2^128 - 1. */
  readonly seed?: number | bigint | undefined;
  /** Settings of the coming episode alone, such as CartPole's `{ low, high }`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** What `reset` returns: the first observation of an episode. */
export interface ResetResult<Obs> {
  readonly observation: Obs;
  readonly info: Info;
}

/** What `step` returns: what the action led to, and whether the episode is over. */
export interface StepResult<Obs> {
  readonly observation: Obs;
  readonly reward: number;
  /** The episode reached a terminal state: nothing follows, so its value is 0. */
  readonly terminated: boolean;
  /** The episode was cut from outside (a time limit): it would have gone on, so its value is estimated. */
  readonly truncated: boolean;
  readonly info: Info;
}

/**
 * An environment, with the semantics of Gymnasium 1.4 in camelCase.
 *
 * - `reset({ seed })` starts the random numbers anew from `seed`; `reset()` goes on with those it has. One that was never
 *   given a seed has started from 0: nothing here is random by accident.
 * - `step` before the first `reset`, or after the end of an episode, throws: call `reset` first.
 * - Every call returns a fresh observation: one that was handed out never changes afterwards.
 *
 * `Env<Float32Array, number>` names the values alone. The last two parameters say which spaces these are, so that
 * `make("CartPole-v1").actionSpace.n` is a number.
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
  /** One entry an action, 0 where it is not allowed in the present state; a policy never takes those. All are, without it. */
  actionMask?(): ArrayLike<number>;
  /** A picture of the present state: shapes in world units, drawn by other code. */
  render?(): Scene;
  /** All state that the future depends on, random numbers included; `restore` brings it back exactly. */
  snapshot?(): Json;
  restore?(state: Json): void;
}

/** A value of any of our spaces. */
export type Value = number | Float32Array | Int32Array | Int8Array | readonly Value[];

/** An environment whose spaces are known only when the program runs, such as one made from a name. */
export type AnyEnv = Env<Value, Value>;

/** What an environment of either form observes: `ObservationOf<Env<Float32Array, number>>` is `Float32Array`. */
export type ObservationOf<E> = E extends { reset(): ResetResult<infer Obs> | Promise<ResetResult<infer Obs>> }
  ? Obs
  : unknown;

/** The actions that an environment takes. */
export type ActionOf<E> = E extends { step(action: infer Act): unknown } ? Act : Value;
