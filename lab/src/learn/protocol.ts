/** What the rooms that teach and their worker say to each other. */

import type { Agreement } from "ascent/estimators";

export type ToTeacher =
  | { readonly type: "measure"; readonly id: number; readonly question: Question }
  /** Draws on until there are so many batches. 0 pauses. */
  | { readonly type: "until"; readonly id: number; readonly batches: number }
  | { readonly type: "run"; readonly request: number; readonly cell: string }
  | { readonly type: "claim"; readonly request: number; readonly number: number }
  | { readonly type: "exercises"; readonly request: number };

export type FromTeacher =
  | { readonly type: "menu"; readonly menu: Menu }
  | { readonly type: "opened"; readonly id: number; readonly opened: Opened }
  | { readonly type: "measured"; readonly id: number; readonly measured: Measured }
  | { readonly type: "refused"; readonly id: number; readonly message: string }
  | { readonly type: "printed"; readonly request: number; readonly text: string }
  | { readonly type: "done"; readonly request: number; readonly answer: unknown }
  | { readonly type: "failed"; readonly request: number; readonly message: string }
  | { readonly type: "broken"; readonly message: string };

/** What can be measured. */
export interface Menu {
  readonly worlds: readonly Named[];
  readonly estimators: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly summary: string;
}

/** Which estimators to measure where. */
export interface Question {
  readonly world: string;
  /** Of the world `random`. */
  readonly worldSeed: number;
  readonly estimators: readonly string[];
  /** In a batch. */
  readonly episodes: number;
  readonly seed: number;
}

/** A measurement that has begun. */
export interface Opened {
  /** What the axis of the scatter lies along: `F`. */
  readonly target: "∇J" | "F";
  /** The length of the target. */
  readonly length: number;
  /** Whether estimates scatter in a second direction at all. */
  readonly isFlat: boolean;
  readonly rows: readonly EstimatorRow[];
}

/** One estimator as theory has it. */
export interface EstimatorRow extends Named {
  readonly target: "∇J" | "F";
  /** What theory says, as a phrase. */
  readonly says: string;
  /** Bias² and variance by theory, or by the sum over all batches that can happen. */
  readonly expected: { readonly biasSquared: number; readonly variance: number | undefined } | undefined;
  /** Whether `expected` is the sum over all batches, because theory has no formula. */
  readonly isEnumerated: boolean;
}

/** What the batches so far say. */
export interface Measured {
  readonly batches: number;
  readonly found: readonly Found[];
  /** New estimates: for each batch and each estimator its component along the target and across it. */
  readonly points: Float32Array;
}

export interface Found {
  /** As drawn batches have it, corrected for the mean's own variance. */
  readonly biasSquared: number;
  readonly variance: number;
  /** Of the mean to the target. */
  readonly cosine: number;
  /** The mean in the scatter's axes. */
  readonly mean: readonly [along: number, across: number];
  /** The distance of the mean from what is expected, in standard errors. */
  readonly z: number;
  readonly agreement: Agreement;
}

/** A claim of the lecture, measured anew. */
export interface Evidence {
  readonly passes: boolean;
  readonly measured: string;
}

/** An exercise, without its texts. */
export interface ExerciseEntry extends Named {
  readonly tests: readonly TestEntry[];
}

export interface TestEntry {
  readonly name: string;
  /** The function that it is about. */
  readonly subject: string;
  readonly wants: string;
  /** The functions that have to pass their own tests first. */
  readonly needs: readonly string[];
  /** How long it may take. */
  readonly seconds: number;
  /** How many episodes it trains for, if it does. */
  readonly episodes: number | undefined;
}
