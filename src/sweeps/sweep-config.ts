/**
 * What a sweep is asked for: the settings that all its runs share, as `train` takes them, those that differ, and the
 * seeds.
 *
 *   { algorithm: "reinforce", env: "CartPole-v1", grid: { learningRate: [1e-3, 1e-2], gamma: [0.9, 0.99] }, seeds: 10 }
 */

import type { NamedConfig } from "../training/types.js";
import type { Range } from "./range.js";

/**
 * Values by name. A name is an option of the algorithm (`learningRate`), an option of the environment after `env.`
 * (`env.gravity`), or a setting of the run: `algorithm`, `env`, `preset`, `episodes`, `steps`, `stopWhenSolved`.
 */
export type Settings = Readonly<Record<string, unknown>>;

/** A sweep as it is asked for, by names that are known only at run time. */
export interface SweepConfig extends Omit<NamedConfig, "seed" | "from" | "features"> {
  /**
   * Lists of values by name: every combination is trained. A preset may have a grid of its own, which holds where neither
   * `grid` nor `draw` is given; an empty `grid` is none.
   */
  readonly grid?: Readonly<Record<string, readonly unknown[] | undefined>> | undefined;
  /**
   * Ranges, as objects or as text such as `log(1e-5, 1e-1)`, or lists to choose from, by name: `sample` points are drawn, and
   * each is combined with the grid.
   */
  readonly draw?: Readonly<Record<string, Range | string | readonly unknown[] | undefined>> | undefined;
  readonly sample?: number | undefined;
  /** How points are drawn. Default: quasi-random, a scrambled Sobol sequence, which leaves no large holes. */
  readonly sampling?: "quasi-random" | "random" | undefined;
  /** Point i is a function of the ranges, this seed and i, so that a longer sample begins with the shorter one. */
  readonly sampleSeed?: number | bigint | undefined;
  /** A setting that is varied only where others have these values, or one of a list: `{ memorySize: { policy: "gru" } }`. */
  readonly when?: Readonly<Record<string, Settings | undefined>> | undefined;
  /** How many seeds (0, 1, 2 …) each setting is trained with, or which. Default: 5. */
  readonly seeds?: number | readonly (number | bigint)[] | undefined;
  /** Ends a run when its last 100 episodes average this much. */
  readonly until?: number | undefined;
}

/** A sweep with the grid of its preset filled in, and without entries that are `undefined`. */
export interface FilledSweep extends SweepConfig {
  readonly grid: Readonly<Record<string, readonly unknown[]>>;
  readonly draw: Readonly<Record<string, Range | string | readonly unknown[]>>;
  readonly when: Readonly<Record<string, Settings>>;
}
