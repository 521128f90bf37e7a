/** The stages of a run on a language task, in their order. */

import type { Diagnostics } from "../../algorithms/algorithm.js";
import type { Preference } from "./preferences.js";

/**
 * - texts: next-token prediction on texts of the task; what comes of it is the reference
 * - pairs: two responses of the reference to each prompt, and which of them is preferred (for a learned reward)
 * - judging: a reward model from these preferences, scaled on responses of the reference (for a learned reward)
 * - tuning: the trainer improves the policy on its own responses
 */
export const STAGES = ["texts", "pairs", "judging", "tuning"] as const;
/** The name of a stage. */
export type StageName = (typeof STAGES)[number];

/** The stage that a run is in, and how far it is. */
export interface Stage {
  readonly name: StageName;
  /** Updates of this stage that are done, and how many it has. The last stage ends with the budget. */
  readonly done: number;
  readonly of: number;
}

/** What an update learned, and the tokens that it read or drew. */
export interface Worked {
  readonly learned: Diagnostics;
  readonly tokens: number;
}

/** The same for an update that collects preferences. */
export interface Collected extends Worked {
  readonly preferences: readonly Preference[];
}
