import type { SavableRun, Update } from "../../training/types.js";
import type { LanguageModel, Written } from "./language-model.js";
import type { Preference } from "./preferences.js";
import type { Stage, StageName } from "./stages.js";
import type { Steering } from "./steering.js";
import type { TokenTable } from "./token-table.js";
import type { ScoredResponse } from "./tuning.js";

/** A run on a language task. It is advanced, saved and resumed as a `Training` is. */
export interface LanguageTraining extends SavableRun, Iterable<Update>, AsyncIterable<Update> {
  /** What learns. */
  readonly model: LanguageModel;
  /** What it was before tuning; until then, it is of no use. */
  readonly reference: LanguageModel;
  readonly stage: Stage;
  /** How many updates each stage has. */
  readonly counts: Readonly<Record<StageName, number>>;
  /** What a learned reward is made from; empty before it was drawn. */
  readonly preferences: readonly Preference[];
  /** β, what a nat of divergence costs, in the next update. Undefined for a trainer in which it can't be changed. */
  readonly beta: number | undefined;
  /**
   * Changes β from the next update on, between two calls of `advance`. With a `targetKl`, it is steered on from there. A checkpoint
   * keeps it.
   *
   * @throws ConfigError for a number below 0, a trainer in which β can't be changed, and a run that has ended
   */
  setBeta(beta: number): void;
  /**
   * The changes of β by hand, in order. With any, the run is not the one that its config alone makes: whoever repeats it has to make
   * the same changes before the same updates.
   */
  readonly steered: readonly Steering[];
  /** The responses of the latest update, as text, with what they were worth. A run that was just resumed has none. */
  readonly responses: readonly ScoredResponse[];
  /** The first of them by their tokens. */
  tokenTables(count: number): TokenTable[];
  /**
   * What responses are worth to this run: to its reward, with the guard; to a trainer on preferences, β ln(π/ref), the reward that its
   * policy is the optimum of.
   *
   * @throws RewardError if a reward of the caller's own fails or gives a promise
   */
  score(written: readonly Written[]): Float64Array;
}
