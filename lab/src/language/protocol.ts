/** What the room of language models and its worker say to each other. */

import type {
  Assessment,
  FixedPoint,
  KlEstimate,
  KlPlace,
  Preference,
  ScoredResponse,
  Stage,
  StageName,
  Standing,
  Steering,
  TokenTable,
} from "ascent/language";

/** The parts of the room. Each has work of its own in the worker. */
export type PartName = "exact" | "reviews" | "cards";

/** Learning is numbered by the page, so that it knows which one is told about. */
export type ToLinguist =
  | { readonly type: "exact"; readonly id: number; readonly settings: ExactSettings }
  /** `model` is the address of the shipped model. */
  | { readonly type: "reviews"; readonly id: number; readonly settings: ReviewSettings; readonly model: string }
  | { readonly type: "pace"; readonly part: PartName; readonly going: boolean }
  /** One update, after which it is paused. */
  | { readonly type: "step"; readonly part: PartName }
  | { readonly type: "beta"; readonly beta: number }
  | { readonly type: "deal"; readonly seed: number; readonly model: string }
  | { readonly type: "learn"; readonly id: number; readonly settings: CardSettings; readonly model: string }
  | { readonly type: "foresee"; readonly answers: readonly Preference[] }
  | { readonly type: "read"; readonly text: string }
  | { readonly type: "write"; readonly answers: readonly Preference[] };

export type FromLinguist =
  | { readonly type: "exactBegun"; readonly id: number; readonly begun: ExactBegun }
  | { readonly type: "exactTold"; readonly id: number; readonly told: ExactTold }
  | { readonly type: "reviewsBegun"; readonly id: number; readonly begun: ReviewsBegun }
  | { readonly type: "reviewsTold"; readonly id: number; readonly told: ReviewsTold }
  | { readonly type: "reviewsEnded"; readonly id: number; readonly end: ReviewsEnd }
  | { readonly type: "dealt"; readonly seed: number; readonly cards: readonly Card[] }
  | { readonly type: "learning"; readonly id: number; readonly stage: Stage; readonly share: number }
  | { readonly type: "learned"; readonly id: number; readonly learned: Learned }
  /** For each answer, whether the reward model would have given it. */
  | { readonly type: "foreseen"; readonly right: readonly boolean[] }
  | { readonly type: "answersRead"; readonly answers: readonly Preference[] }
  | { readonly type: "answersWritten"; readonly text: string }
  | { readonly type: "failed"; readonly part: PartName; readonly message: string }
  /** An error that belongs to no part. */
  | { readonly type: "broken"; readonly message: string };

/** Worlds whose outcomes can be listed: one token of 16, or the 64 texts of three tokens out of four. */
export type World = "token" | "tree";

/** What may learn in them. `expected` follows the expected step, without samples; it is for one token alone. */
export type Learner = "expected" | "reinforce" | "rloo" | "grpo" | "ppo";

export interface ExactSettings {
  readonly world: World;
  readonly learner: Learner;
  readonly beta: number;
  /** How the divergence is estimated and where it goes, for learners that leave it open. */
  readonly kl: KlEstimate;
  readonly klPlace: KlPlace;
  /** Of the samples. World and reference stay the same. */
  readonly seed: number;
}

/** A world, and what is known of it. Policies are log-probabilities, one for each outcome. */
export interface ExactBegun {
  readonly names: readonly string[];
  readonly rewards: Float64Array;
  readonly reference: Float64Array;
  /** π*, the optimum of E[r] − β KL(π ‖ ref). */
  readonly optimum: Float64Array;
  /** Where learning ends with these settings, as far as it is known. */
  readonly fixedPoint: FixedPoint;
  /** How many updates there will be. */
  readonly updates: number;
}

/** What became of a policy since the last message. */
export interface ExactTold {
  readonly policy: Float64Array;
  readonly standing: Standing;
  /** KL(π ‖ optimum of the other divergence), in nats. */
  readonly toForward: number;
  /** New points of the curve: updates, and KL(π ‖ π*) after them. */
  readonly curve: readonly (readonly [update: number, toOptimum: number])[];
  readonly updates: number;
  readonly finished: boolean;
}

/** A run from preferences to a tuned policy. */
export interface ReviewSettings {
  readonly trainer: "ppo" | "rloo";
  readonly beta: number;
  readonly learningRate: number;
  /** Whether a response that is too short or was cut is worth −1 at most. */
  readonly guard: boolean;
  readonly pairs: number;
  /** Of tuning. */
  readonly updates: number;
  readonly seed: number;
}

export interface ReviewsBegun {
  readonly counts: Readonly<Record<StageName, number>>;
}

/** An update of tuning: means over its responses, which the policy wrote before it. */
export interface TuningPoint {
  /** Counted in tuning, 1 for the first. */
  readonly update: number;
  /** Nats of a response from the reference. */
  readonly kl: number;
  /** By the reward model, with the guard. */
  readonly proxy: number;
  readonly gold: number;
  /** The share that the grammar allows. */
  readonly valid: number;
  readonly beta: number;
}

/** What happened since the last message. */
export interface ReviewsTold {
  readonly stage: Stage;
  readonly updates: number;
  readonly preferences: number;
  /** Some of the preferences that the judge gave. */
  readonly examples: readonly Preference[];
  /** New points: the share of the pairs of a step that the reward model ordered rightly before it. */
  readonly accuracy: readonly number[];
  readonly points: readonly TuningPoint[];
  /** The latest responses by their tokens. Undefined if nothing was written since. */
  readonly tables: readonly TokenTable[] | undefined;
  readonly steered: readonly Steering[];
  /** Milliseconds that an update takes, on average since the last message; NaN if there was none. */
  readonly milliseconds: number;
}

export interface ReviewsEnd {
  readonly assessment: Assessment;
  readonly weightsSha256: string;
}

/** Two answers to one prompt. */
export interface Card {
  readonly prompt: string;
  readonly a: string;
  readonly b: string;
}

export interface CardSettings {
  readonly answers: readonly Preference[];
  /** Of tuning. */
  readonly updates: number;
}

/** What was made of a person's answers. */
export interface Learned {
  readonly answers: number;
  /** How many of them the reward model gives too. */
  readonly agreed: number;
  readonly assessment: Assessment;
  /** Responses of the last update, with what they are worth to the reward model. */
  readonly responses: readonly ScoredResponse[];
  readonly weightsSha256: string;
}
