/** What the page and its engine say to each other. The engine runs in a worker, and only there Ascent is loaded. */

import type { ResolvedConfig, RunResult, Update } from "ascent";
import type { LossPart, Schema } from "ascent/algorithms";
import type { Finding } from "ascent/doctor";
import type { Scene } from "ascent/scene";
import type { ActionMask, SpaceDescription } from "ascent/spaces";

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
  | { readonly type: "look"; readonly run: RunId; readonly request: number; readonly at: LookedAt }
  | { readonly type: "save"; readonly run: RunId; readonly request: number; readonly as: Download }
  /** What the doctor says of the run, and its report as HTML. The page has the history, also that of earlier visits. */
  | {
      readonly type: "diagnose" | "report";
      readonly run: RunId;
      readonly request: number;
      readonly history: HistoryData;
    }
  /** A person takes a seat at an environment, with a policy beside. An engine has one seat, and it belongs to no run. */
  | { readonly type: "sit"; readonly request: number; readonly seat: SeatOptions }
  /** Begins an episode at that seat, or does one step of it. */
  | { readonly type: "deal"; readonly request: number; readonly seed: number }
  | { readonly type: "move"; readonly request: number; readonly action: Action | "policy" };

/** `weights` are those of the present policy, `best` those of the best one, for another engine. */
export type Download = "checkpoint" | "policy.mjs" | "policy.onnx" | "weights" | "best";

export interface PlayOptions {
  readonly seed: number;
  readonly deterministic: boolean;
  /** The best policy so far instead of the present one. */
  readonly best: boolean;
}

export type Action = number | readonly number[];

export type FromEngine =
  | { readonly type: "catalogue"; readonly catalogue: Catalogue }
  | { readonly type: "begun"; readonly run: RunId; readonly begun: Begun }
  | { readonly type: "progress"; readonly run: RunId; readonly progress: Progress }
  | { readonly type: "ended"; readonly run: RunId; readonly result: RunResult }
  | { readonly type: "failed"; readonly run: RunId; readonly message: string }
  /** An episode comes in parts: a page that had to read hundreds of pictures at once would stand still. */
  | { readonly type: "played"; readonly run: RunId; readonly request: number; readonly part: EpisodePart }
  | { readonly type: "looked"; readonly run: RunId; readonly request: number; readonly look: Look | undefined }
  | { readonly type: "saved"; readonly run: RunId; readonly request: number; readonly bytes: Uint8Array }
  | { readonly type: "diagnosed"; readonly run: RunId; readonly request: number; readonly diagnosis: Diagnosis }
  | { readonly type: "seated"; readonly request: number; readonly moment: SeatMoment }
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
  /** Undefined for spaces of somebody's own. */
  readonly spaces: { readonly observation: SpaceDescription; readonly action: SpaceDescription } | undefined;
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
  /** Undefined where the algorithm clips no ratios. */
  readonly clipping: Clipping | undefined;
  readonly loss: LossOfUpdate;
}

/** What clipping makes of the ratios, after the update and with the advantages that it used. */
export interface Clipping {
  /** ε */
  readonly range: number;
  /** Each ratio as it counts: held at 1 + ε where A > 0, and at 1 - ε where A < 0. */
  readonly counted: Float32Array;
  /** How many are held, so that another pass would give them no gradient. */
  readonly held: number;
  /** How many lie beyond the other bound, where the gradient is not clipped. */
  readonly returning: number;
}

/** The loss of an update: means over its gradient steps. */
export interface LossOfUpdate {
  readonly total: number;
  /** Undefined if the algorithm does not report them. */
  readonly parts: readonly LossPart[] | undefined;
  readonly gradientSteps: number | undefined;
  /** The squared error of V, if there is V. */
  readonly valueLoss: number | undefined;
}

/** What a run has shown so far, in columns. A number that an update lacks is NaN. */
export interface HistoryData {
  readonly updates: Readonly<Record<string, Float64Array>>;
  readonly episodes: Readonly<Record<"steps" | "number" | "update" | "return" | "length", Float64Array>>;
  readonly lastUpdate: number;
}

/** What the doctor says, or why it says nothing. */
export type Diagnosis = readonly Advice[] | "no beginning" | "not loaded";

/** A finding of the doctor, and the run to begin. */
export interface Advice extends Omit<Finding, "settings"> {
  readonly next:
    | { readonly link: string; readonly settings: readonly (readonly [name: string, value: unknown])[] }
    | undefined;
}

/** An episode that a policy has played. */
export interface Episode {
  /** Updates behind the policy that played it; of the best policy, those of the run so far. */
  readonly updates: number;
  readonly best: boolean;
  readonly seed: number;
  readonly return: number;
  /** `cut`: it went on, but nobody would watch it to the end. */
  readonly ended: "terminated" | "truncated" | "cut";
  /** How many frames there will be. */
  readonly length: number;
  /** Those that have arrived. */
  readonly frames: readonly Frame[];
}

/** Some frames of an episode, in order. */
export interface EpisodePart extends Episode {
  readonly last: boolean;
}

/** One moment of an episode: what is seen, and what the policy makes of it. The last has no action. */
export interface Frame {
  readonly scene: Scene | undefined;
  /** The state's number, or the numbers of a box. Undefined for other observations. */
  readonly observation: number | readonly number[] | undefined;
  readonly reward: number;
  readonly return: number;
  readonly action: Action | undefined;
  readonly mask: ActionMask | undefined;
  readonly outlook: Outlook | undefined;
  readonly value: number | undefined;
}

/** The policy's distribution in one state. */
export type Outlook =
  | { readonly kind: "choices"; readonly probabilities: readonly (readonly number[])[] }
  /** In the units of the environment's actions; if `squashed`, before tanh stretches it over the action's bounds. */
  | {
      readonly kind: "normal";
      readonly mean: readonly number[];
      readonly deviation: readonly number[];
      readonly squashed: boolean;
    };

/** The states that the page asks the policy about: all of a table, or a grid over two coordinates. */
export type LookedAt =
  | { readonly kind: "states"; readonly count: number }
  | {
      readonly kind: "grid";
      /** The first goes to the right, the second upwards. */
      readonly axes: readonly [MapAxis, MapAxis];
      readonly size: number;
      /** The observation whose other numbers are kept. */
      readonly base: readonly number[];
    };

/** One coordinate: a number of the observation, or an angle that the observation has as cosine and sine. */
export type MapAxis = { readonly low: number; readonly high: number } & (
  | { readonly index: number }
  | { readonly cos: number; readonly sin: number }
);

/** The policy and its values in many states, row by row; the rows of a grid go from the bottom to the top. */
export interface Look {
  readonly updates: number;
  readonly kind: Outlook["kind"];
  readonly squashed: boolean;
  /** Numbers of a state: all probabilities; or all means, then all deviations. */
  readonly width: number;
  readonly numbers: Float32Array;
  readonly values: Float32Array | undefined;
  /** The policy has a memory, and each state was asked about as the first of an episode. */
  readonly fresh: boolean;
}

/** What somebody plays. */
export interface SeatOptions {
  readonly env: string;
  readonly envOptions: Readonly<Record<string, unknown>>;
  /** For `loadPolicy`. */
  readonly policy: Uint8Array;
  readonly deterministic: boolean;
}

/** What a player sees. */
export interface SeatMoment {
  readonly scene: Scene | undefined;
  readonly observation: Frame["observation"];
  readonly steps: number;
  readonly reward: number;
  readonly return: number;
  /** What was done before this moment. */
  readonly action: Action | undefined;
  readonly ended: Episode["ended"] | undefined;
  /** At the end: the return of the policy alone, from the same seed. */
  readonly policyReturn: number | undefined;
}

export type { ResolvedConfig, RunResult, Update };
