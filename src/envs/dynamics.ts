import { cos as cosOf, sin as sinOf } from "../kernels/maths.js";
import { sines } from "../kernels/sines.js";
import type { Schema, Values } from "../options.js";
import type { Generator } from "../random/generator.js";
import type { Scene } from "../scene/scene.js";
import type { Box } from "../spaces/box.js";
import type { Discrete } from "../spaces/discrete.js";

/**
 * The equations of an environment for `n` copies, as a structure of arrays: `position[i]` belongs to copy `i`.
 *
 * `single` makes an ordinary environment of one copy, `sideBySide` a batch of many: the same lines compute both, so both
 * give the same bits. They call the functions for one copy after another and compute sines and cosines, which are dear,
 * for all copies at once. Neither the time limit nor the order of calls is a matter of the equations.
 */
export interface Dynamics<R extends Schema = Schema> {
  readonly n: number;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete | Box;
  /** What `reset({ options })` takes. */
  readonly resetOptions: R;
  /** What each copy is to do: a whole number (Discrete) or a row of numbers (Box), written before the first phase. */
  readonly actions: Float64Array;
  /** What the step paid, and whether it ended the episode (0 or 1): one entry a copy. */
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /** All arrays whose contents the next step or observation depends on, sines and cosines aside: what a snapshot holds. One of k·n has k sections of n. */
  readonly state: readonly Float64Array[];
  /** Angles that `start` and the phases set, and their sines and cosines, which are computed after each of them. */
  readonly turns: Turns;
  /** Puts copy `i` at the start of an episode. */
  start(i: number, rng: Generator, options: Values<R>): void;
  /** A step of copy `i`, in as many parts as need new sines and cosines between them. `rng` is that of the copy. */
  readonly phases: readonly ((i: number, rng: Generator) => void)[];
  /** Pays copy `i` and says whether it is at its end, where that takes the last sines; else the phases do. */
  judge?(i: number): void;
  /** Writes the observation of copy `i` into `out` from `at` on. */
  observe(i: number, out: Float32Array, at: number): void;
  draw(i: number): Scene;
}

/** Angles of the copies, `count` of each: those of copy `i` at `i`, `n + i`, `2n + i`, … */
export interface Turns {
  readonly angles: Float64Array;
  readonly sin: Float64Array;
  readonly cos: Float64Array;
  /** Computes all sines and cosines. */
  compute(): void;
  /** Computes those of one copy, to the same bits. */
  computeOne(i: number): void;
}

export function turns(n: number, count = 1): Turns {
  const angles = new Float64Array(count * n);
  const { sin, cos, sinCosOf } = sines(count * n);
  return {
    angles,
    sin,
    cos,
    compute: () => sinCosOf(angles),
    computeOne(i) {
      for (let k = i; k < angles.length; k += n) {
        sin[k] = sinOf(angles[k]);
        cos[k] = cosOf(angles[k]);
      }
    },
  };
}

/** The arrays through which a step takes actions and says what came of them. All classics have one number an action. */
export function exchange(n: number): Pick<Dynamics, "n" | "actions" | "rewards" | "terminated"> {
  return { n, actions: new Float64Array(n), rewards: new Float64Array(n), terminated: new Uint8Array(n) };
}
