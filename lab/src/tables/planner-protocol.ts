/** What the room and its worker say to each other. Each question has one answer, in the same order. */

import type { Method } from "./planner.js";

export type ToPlanner =
  | { readonly type: "world"; readonly world: World }
  | { readonly type: "sweep"; readonly method: Method }
  | { readonly type: "improve" }
  /** So many moves of a run. */
  | { readonly type: "advance"; readonly method: Method; readonly moves: number }
  | { readonly type: "judge"; readonly policy: Float32Array };

export interface World {
  readonly env: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly gamma: number;
}

/** Where the planner stands. */
export interface Standing {
  readonly policy: Float64Array;
  readonly values: Float64Array;
  readonly optimum: Float64Array;
  /** Of the start, in expectation. */
  readonly worth: number;
  readonly optimalWorth: number;
  readonly sweeps: number;
  readonly evaluations: number;
  readonly improvements: number;
  readonly change: number | undefined;
  readonly done: boolean;
}

export interface Judgement {
  readonly values: Float64Array | undefined;
  readonly worth: number | undefined;
}

export type FromPlanner =
  | { readonly type: "standing"; readonly standing: Standing }
  | { readonly type: "judgement"; readonly judgement: Judgement }
  | { readonly type: "broken"; readonly message: string };
