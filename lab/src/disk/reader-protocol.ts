/** What the room and its own worker say to each other. The worker has the parts of Ascent that read what runs have left. */

import type { Episode, PlayOptions, ResolvedConfig } from "../protocol.js";

export type Question =
  | { readonly type: "describe"; readonly config: ResolvedConfig; readonly until: number | null }
  /** The bytes of a checkpoint, of weights or of a policy. The questions after it are about this one. */
  | { readonly type: "load"; readonly bytes: Uint8Array }
  | { readonly type: "evaluate"; readonly episodes: number; readonly seed: string; readonly deterministic: boolean }
  | { readonly type: "play"; readonly options: PlayOptions }
  /** `details` and `outcomes` as the server sends them. */
  | { readonly type: "sweep"; readonly details: Uint8Array; readonly outcomes: Uint8Array };

export interface Answers {
  readonly describe: Description;
  readonly load: { readonly env: string | null };
  readonly evaluate: Evaluated;
  readonly play: Episode;
  readonly sweep: SweepView;
}

export type Asked = Question & { readonly request: number };
export type Answered =
  | { readonly request: number; readonly answer: unknown }
  | { readonly request: number; readonly failed: string };

/** What a run's settings are beside its preset. */
export interface Description {
  readonly command: string;
  readonly different: readonly (readonly [name: string, value: unknown, usual: unknown])[];
  readonly threshold: number | undefined;
}

export interface Evaluated {
  readonly returns: readonly number[];
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
  readonly min: number;
  readonly max: number;
}

/** A sweep as it stands. */
export interface SweepView {
  readonly varied: readonly string[];
  readonly seeds: number;
  readonly done: number;
  readonly planned: number;
  readonly cells: readonly CellView[];
}

export interface CellView {
  readonly settings: Readonly<Record<string, unknown>>;
  /** A word and one or two sentences. */
  readonly kind: string;
  readonly text: string;
  /** Interquartile mean of the final returns; null before a run is done. */
  readonly score: number | null;
  readonly done: number;
  readonly solved: number;
  /** The names of the folders of its runs. */
  readonly runs: readonly string[];
}
