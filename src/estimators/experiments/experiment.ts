/** What an experiment is: a claim about estimators, with the numbers that show it or refute it. */

import type { Setting } from "../setting.js";

/** One number, and what theory says of it. */
export interface Finding {
  readonly what: string;
  readonly value: number;
  /** What theory says that it is, if it says anything. */
  readonly theory?: number | undefined;
  /** Whether it is what theory says: equal to within rounding, or on the side where theory has it. */
  readonly holds?: boolean | undefined;
}

/** How an experiment is done. */
export interface Trial {
  /** Episodes in a batch. */
  readonly episodes: number;
  /** Of drawn batches. */
  readonly seed: number | bigint;
}

/** An experiment. */
export interface Experiment {
  readonly name: string;
  readonly summary: string;
  /** The world that shows it best. */
  readonly world: string;
  /** The numbers. @throws ConfigError if it needs another kind of world, or fewer episodes in a batch */
  run(setting: Setting, trial: Trial): readonly Finding[];
}

/** A number that theory doesn't predict. */
export function found(what: string, value: number): Finding {
  return { what, value };
}

/** A number that theory predicts, to within `tolerance`, relative where it is larger than 1. */
export function predicted(what: string, value: number, theory: number, tolerance = 1e-9): Finding {
  return { what, value, theory, holds: Math.abs(value - theory) <= tolerance * Math.max(1, Math.abs(theory)) };
}

/** A number that theory says is above or below a bound. */
export function claimed(what: string, value: number, holds: boolean): Finding {
  return { what, value, holds };
}
