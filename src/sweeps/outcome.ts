/** What is kept of a run for sweeps and comparisons: how it ended, its figures, and a thinned curve. Plain data, no times. */

import type { ResolvedConfig, Verdict } from "../training/types.js";

/** Points of a curve. */
export const CURVE_POINTS = 100;

/** Mean returns over equal parts of the budget. */
export interface Curve {
  /** What the budget counts: steps, if it limits both. */
  readonly counts: "episodes" | "steps";
  /** The budget. Part i ends at `of · (i + 1) / CURVE_POINTS`. */
  readonly of: number;
  /** Of the episodes that ended in each part; null where none did. The list ends where the run did. */
  readonly returns: readonly (number | null)[];
}

/** How a run ended, and what it came to. */
export interface RunOutcome {
  /** As in its `PlannedRun`. */
  readonly id: string;
  readonly config: ResolvedConfig;
  readonly until: number | null;
  /** Diverged: a weight, a gradient or a diagnostic was not finite. Stopped: interrupted, or ended as hopeless. */
  readonly end: "finished" | "stopped" | "diverged" | "failed";
  /** The message of the error that ended it, or null. */
  readonly error: string | null;
  readonly verdict: Verdict["kind"];
  readonly solvedAtEpisode: number | null;
  readonly solvedAtStep: number | null;
  /** Whether it was solved, and its average at the end is clearly below the mark. */
  readonly fellBack: boolean;
  readonly episodes: number;
  readonly steps: number;
  /** Mean return of the first 20 episodes: about that of an untrained policy. Null before the first episode ends. */
  readonly untrainedReturn: number | null;
  /**
   * The score: the mean return over the last tenth of its episodes (at least 20, if there are so many). A run that diverged
   * scores as an untrained policy.
   */
  readonly finalReturn: number | null;
  readonly curve: Curve;
  /** Null if it ended by an error. */
  readonly weightsSha256: string | null;
}
