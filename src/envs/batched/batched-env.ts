import { ConfigError } from "../../errors.js";
import type { Space } from "../../spaces/space.js";
import type { Json, Value } from "../env.js";
import type { SelfPlay } from "../self-play.js";
import type { InfoNumbers } from "./info-numbers.js";

/**
 * `n` copies of an environment that step together. A copy whose episode ends is reset in the same step.
 *
 * After `step`, `observations` holds the observations to act on next: for a copy that was reset, the first one of its new
 * episode. The last observation of the old episode is in its row of `finalObservations`, from which a truncated episode
 * is bootstrapped. `rewards`, `terminated` and `truncated` describe the step itself. No step is spent on a reset.
 *
 * The arrays belong to the environment, and the next call overwrites them: copy what you want to keep. Each copy has its
 * own random numbers, so its behaviour depends on its seed and its actions, not on the other copies.
 */
export interface BatchedEnv {
  readonly n: number;
  readonly observationSpace: Space<Value>;
  readonly actionSpace: Space<Value>;
  /** The size of one observation in the layout of `flattenInto`, which is one-hot for a Discrete space. */
  readonly observationSize: number;
  /** The size of one action: 1 for Discrete, otherwise the number of elements. */
  readonly actionSize: number;
  /** `n` rows of `observationSize`. */
  readonly observations: Float32Array;
  /** `n` rows of `observationSize`. A row is valid if `terminated` or `truncated` is 1. */
  readonly finalObservations: Float32Array;
  readonly rewards: Float64Array;
  /** 0 or 1. */
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /**
   * The numbers in the `info` of each copy's last step. A row is valid if `terminated` or `truncated` is 1. Undefined if the
   * environments have no `info`.
   */
  readonly finalInfos?: readonly InfoNumbers[];
  /** `n` rows, each an `ActionMask` of zeros and ones. Undefined if the environment has no `actionMask`. */
  readonly actionMasks?: Uint8Array;
  /** Starts a new episode in every copy. `seeds[i]` seeds copy `i`; without seeds, the random streams continue. */
  reset(seeds?: ArrayLike<number | bigint>): void;
  /**
   * Resets one copy as `reset` would. Calls for all copies from 0 to `n - 1` are the same as one `reset`, with pauses in
   * between for a page to draw. Batches whose resets take little time don't need it.
   */
  resetCopy?(i: number, seed: number | bigint): void;
  /**
   * Steps every copy with its row of `actions` (`Int32Array` for whole numbers, `Float32Array` for Box). Returns the number
   * of episodes that ended.
   */
  step(actions: Int32Array | Float32Array): number;
  /** As in `Env`. Defined only if every copy has both methods. */
  snapshot?(): Json;
  restore?(state: Json): void;
  /** As in `Env`: its players are invited to every copy. */
  readonly selfPlay?: SelfPlay | undefined;
  /** As in `Env`. */
  readonly warning?: string | undefined;
}

/** Checks that there is a seed for each of the `n` copies, or no seeds. @throws ConfigError */
export function checkSeeds(seeds: ArrayLike<number | bigint> | undefined, n: number): void {
  if (seeds !== undefined && seeds.length !== n)
    throw new ConfigError({ field: "seeds", given: seeds, allowed: `${n} seeds` });
}

/** Checks that there are `size` numbers for each of the `n` copies. @throws ConfigError */
export function checkActions(actions: Int32Array | Float32Array, n: number, size: number): void {
  if (actions.length !== n * size)
    throw new ConfigError({ field: "actions", given: actions, allowed: `${n} rows of ${size}` });
}
