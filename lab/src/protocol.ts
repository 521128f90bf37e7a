/** What the page and its engine say to each other. The engine runs in a worker, and only there Ascent is loaded. */

import type { NamedConfig, ResolvedConfig, RunResult, Update } from "ascent";
import type { Schema } from "ascent/algorithms";
import type { Scene } from "ascent/scene";

/** Runs are numbered by the page. */
export type RunId = number;

/**
 * A run to begin: a link such as `algorithm=ppo&env=CartPole-v1`, or a checkpoint to go on with. `goOn`: if its budget is used
 * up, it gets as much again, and does not stop at being solved.
 */
export type Beginning = { readonly link: string } | { readonly checkpoint: Uint8Array; readonly goOn?: boolean };

/** How fast a run goes: so many updates a second, as fast as it can, or not at all. */
export type Pace = number | "full" | "paused";

export type ToEngine =
  | { readonly type: "begin"; readonly run: RunId; readonly from: Beginning; readonly pace: Pace }
  | { readonly type: "pace"; readonly run: RunId; readonly pace: Pace }
  /** Goes on by one update, or by one gradient step, and stays paused. */
  | { readonly type: "step"; readonly run: RunId; readonly by: "update" | "gradient" }
  | { readonly type: "drop"; readonly run: RunId }
  | { readonly type: "play"; readonly run: RunId; readonly request: number; readonly options: PlayOptions }
  | { readonly type: "save"; readonly run: RunId; readonly request: number; readonly as: Download };

export type Download = "checkpoint" | "policy.mjs" | "policy.onnx";

export interface PlayOptions {
  readonly seed: number;
  readonly deterministic: boolean;
}

export type FromEngine =
  | { readonly type: "catalogue"; readonly catalogue: Catalogue }
  | { readonly type: "begun"; readonly run: RunId; readonly begun: Begun }
  | { readonly type: "progress"; readonly run: RunId; readonly progress: Progress }
  | { readonly type: "ended"; readonly run: RunId; readonly result: RunResult }
  | { readonly type: "failed"; readonly run: RunId; readonly message: string }
  | { readonly type: "played"; readonly run: RunId; readonly request: number; readonly episode: Episode }
  | { readonly type: "saved"; readonly run: RunId; readonly request: number; readonly bytes: Uint8Array }
  /** An error that belongs to no run. */
  | { readonly type: "broken"; readonly message: string };

/** What can be trained. */
export interface Catalogue {
  readonly algorithms: readonly AlgorithmEntry[];
  readonly envs: readonly EnvEntry[];
}

export interface AlgorithmEntry {
  readonly name: string;
  readonly summary: string;
  readonly options: Schema;
  readonly presets: Readonly<Record<string, PresetEntry>>;
}

export interface PresetEntry {
  readonly summary: string;
  readonly warning: string | undefined;
  /** The environments that it is for, if it is for these alone. */
  readonly only: readonly string[] | undefined;
}

export interface EnvEntry {
  readonly id: string;
  readonly summary: string;
  readonly options: Schema;
  readonly threshold: number | undefined;
  readonly framesPerSecond: number;
}

export interface Begun {
  readonly config: ResolvedConfig;
  /** What the preset has where the config differs, and where it doesn't: the algorithm's options alone. */
  readonly presetOptions: Readonly<Record<string, unknown>>;
  readonly link: string;
  readonly command: string;
  readonly warning: string | undefined;
  readonly threshold: number | undefined;
  /** False if the link was made with settings that a preset or default no longer has. */
  readonly sameAsLinked: boolean;
}

/** What happened since the last message. */
export interface Progress {
  readonly updates: readonly Omit<Update, "credit">[];
  readonly result: RunResult;
  readonly finished: boolean;
  /** The latest update that was explained. */
  readonly lesson: Lesson | undefined;
}

/** One episode of the latest update, step by step. */
export interface Lesson {
  readonly update: number;
  readonly ended: "terminated" | "truncated" | "cut";
  readonly rewards: readonly number[];
  readonly returns: readonly number[] | undefined;
  readonly baseline: readonly number[] | undefined;
  readonly advantages: readonly number[] | undefined;
  readonly actions: readonly (readonly number[])[];
  readonly logProbs: readonly number[];
  readonly newLogProbs: readonly number[];
  /** π_new/π_old of all steps of the batch. */
  readonly ratios: Float32Array;
}

/** An episode that a policy has played. */
export interface Episode {
  /** Updates behind the policy that played it. */
  readonly updates: number;
  readonly frames: readonly Frame[];
  readonly return: number;
  readonly ended: "terminated" | "truncated";
}

/** One moment of an episode: what is seen, and what the policy makes of it. The last has no action. */
export interface Frame {
  readonly scene: Scene | undefined;
  readonly reward: number;
  readonly return: number;
  readonly action: number | readonly number[] | undefined;
  readonly outlook: Outlook | undefined;
  readonly value: number | undefined;
}

/** The policy's distribution in one state. */
export type Outlook =
  | { readonly kind: "choices"; readonly probabilities: readonly (readonly number[])[] }
  | { readonly kind: "normal"; readonly mean: readonly number[]; readonly deviation: readonly number[] };

export type { NamedConfig, ResolvedConfig, RunResult, Update };
