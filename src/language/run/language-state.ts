import type { ProgressState } from "../../training/progress.js";
import type { Preference } from "./preferences.js";
import type { Steering } from "./steering.js";

/** Everything of a run that is not an array. */
export interface LanguageState {
  readonly updates: number;
  readonly stage: number;
  readonly done: number;
  readonly steps: number;
  readonly progress: ProgressState;
  readonly rngs: Readonly<Record<string, unknown>>;
  readonly preferences: readonly Preference[];
  readonly order: readonly number[];
  /** Only where somebody has changed β. */
  readonly steered?: readonly Steering[];
}
