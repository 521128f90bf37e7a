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
 * `single` makes an ordinary environment of one copy, and `sideBySide` makes a batch of many. Both run the same code,
 * so both give the same bits. They call the functions for one copy after another, but compute sines and cosines, which
 * are expensive, for all copies at once. The equations know nothing of time limits or the order of calls.
 */
export interface Dynamics<R extends Schema = Schema> {
  readonly n: number;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete | Box;
  /** The options of `reset({ options })`. */
  readonly resetOptions: R;
  /** The action of each copy: a whole number (Discrete) or a row of numbers (Box), written before the first phase. */
  readonly actions: Float64Array;
  /** The reward of the step, and whether it ended the episode (0 or 1), one entry per copy. */
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  /**
   * All arrays on which the next step or observation depends, except sines and cosines: the contents of a snapshot. An
   * array of k·n numbers has k sections of n.
   */
  readonly state: readonly Float64Array[];
  /** The angles that `start` and the phases set. Their sines and cosines are computed after each of them. */
  readonly turns: Turns;
  /** Puts copy `i` at the start of an episode. */
  start(i: number, rng: Generator, options: Values<R>): void;
  /** One step of copy `i`, split wherever new sines and cosines are needed. `rng` belongs to the copy. */
  readonly phases: readonly ((i: number, rng: Generator) => void)[];
  /**
   * Sets reward and end of copy `i` if they depend on the sines after the last phase; otherwise the phases set them.
   */
  judge?(i: number): void;
  /** Writes the observation of copy `i` into `out`, starting at `at`. */
  observe(i: number, out: Float32Array, at: number): void;
  draw(i: number): Scene;
}

/** The angles of the copies, `count` for each: those of copy `i` are at `i`, `n + i`, `2n + i`, … */
export interface Turns {
  readonly angles: Float64Array;
  readonly sin: Float64Array;
  readonly cos: Float64Array;
  /** Computes all sines and cosines. */
  compute(): void;
  /** Computes the sines and cosines of one copy, with the same bits. */
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

/** The arrays for actions, rewards and ends. In all classic environments an action is one number. */
export function exchange(n: number): Pick<Dynamics, "n" | "actions" | "rewards" | "terminated"> {
  return { n, actions: new Float64Array(n), rewards: new Float64Array(n), terminated: new Uint8Array(n) };
}
