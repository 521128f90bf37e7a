import { ConfigError } from "../../errors.js";
import type { Space } from "../../spaces/space.js";
import type { Json, Value } from "../env.js";

/**
 * `n` copies of an environment that step together and never stop: a copy whose episode ends is reset in the same step.
 *
 * After `step`, `observations` is what to act on next: for a copy that was reset, the start of its new episode. What it
 * saw last is in its row of `finalObservations`; `rewards`, `terminated` and `truncated` are those of the step itself. So
 * a truncated copy bootstraps from `finalObservations`, a terminated one from nothing, and no step is wasted on a reset.
 *
 * The arrays belong to the environment and are written over by the next call: copy what is to be kept. Each copy has
 * random numbers of its own, so what it does depends on its seed and its actions, never on the other copies.
 */
export interface BatchedEnv {
  readonly n: number;
  readonly observationSpace: Space<Value>;
  readonly actionSpace: Space<Value>;
  /** Numbers of one observation: those of `flattenInto`, so one-hot where the space is Discrete. */
  readonly observationSize: number;
  /** Numbers of one action: 1 for Discrete, else one an element. */
  readonly actionSize: number;
  /** `n` rows of `observationSize`. */
  readonly observations: Float32Array;
  /** `n` rows of `observationSize`; a row is good where `terminated` or `truncated` is 1. */
  readonly finalObservations: Float32Array;
  readonly rewards: Float64Array;
  /** 0 or 1. */
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** `n` rows of one entry an action, 0 where it is not allowed now; undefined where the environment has no `actionMask`. */
  readonly actionMasks?: Uint8Array;
  /** Starts a new episode in every copy: copy `i` from `seeds[i]`, or, without seeds, from the random numbers it has. */
  reset(seeds?: ArrayLike<number | bigint>): void;
  /**
   * Steps every copy, action `i` in row `i` of `actions` (`Int32Array` for whole numbers, `Float32Array` for Box).
   * Returns how many episodes ended.
   */
  step(actions: Int32Array | Float32Array): number;
  /** As for a single environment; only where every copy has both. */
  snapshot?(): Json;
  restore?(state: Json): void;
}

/** A seed for each of the `n` copies, or none at all. @throws ConfigError */
export function checkSeeds(seeds: ArrayLike<number | bigint> | undefined, n: number): void {
  if (seeds !== undefined && seeds.length !== n)
    throw new ConfigError({ field: "seeds", given: seeds, allowed: `${n} seeds` });
}

/** One action for each of the `n` copies, `size` numbers each. @throws ConfigError */
export function checkActions(actions: Int32Array | Float32Array, n: number, size: number): void {
  if (actions.length !== n * size)
    throw new ConfigError({ field: "actions", given: actions, allowed: `${n} rows of ${size}` });
}
