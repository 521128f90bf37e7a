import type { Schema, Values } from "../options.js";
import type { Generator } from "../random/generator.js";
import type { Scene } from "../scene/scene.js";
import type { Box } from "../spaces/box.js";
import type { Discrete } from "../spaces/discrete.js";

/**
 * The equations of an environment for `n` copies at once, as a structure of arrays: `position[i]` belongs to copy `i`.
 *
 * `single` makes an ordinary environment of one copy, `sideBySide` a batch of many: the same lines compute both, so both
 * give the same bits. Neither the time limit nor the order of calls is a matter of the equations.
 */
export interface Dynamics<R extends Schema = Schema> {
  readonly n: number;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete | Box;
  /** What `reset({ options })` takes. */
  readonly resetOptions: R;
  /** All arrays whose contents the next step or observation depends on: what a snapshot holds. */
  readonly state: readonly Float64Array[];
  /** Puts copy `i` at the start of an episode. */
  start(i: number, rng: Generator, options: Values<R>): void;
  /**
   * One step of every copy. `actions` has a whole number a copy (Discrete) or a row of them (Box); `rewards` and
   * `terminated` (0 or 1) take one entry a copy; `rngs[i]` is for what is random in a step of copy `i`.
   */
  advance(
    actions: Int32Array | Float32Array,
    rewards: Float64Array,
    terminated: Uint8Array,
    rngs: readonly Generator[],
  ): void;
  /** Writes the observations of the copies from `first` up to, not including, `end` into their rows of `out`. */
  observe(out: Float32Array, first: number, end: number): void;
  draw(i: number): Scene;
}
