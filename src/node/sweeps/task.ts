/** What the thread that trains is told, and what it tells. */

import type { RunOutcome } from "../../sweeps/outcome.js";
import type { PlannedRun } from "../../sweeps/plan.js";
import type { RunImport } from "../../training/run-record.js";

/** A run to be trained in its folder, from wherever it stands there. */
export interface Task extends PlannedRun {
  readonly folder: string;
  readonly imports: readonly RunImport[];
  /** The share of the budget at which to pause; 1 for the end. Its schedules follow the whole budget in any case. */
  readonly pauseAt: number;
  /** Whether to end it where it can't come to anything any more. */
  readonly endHopeless: boolean;
}

/** News of a run. */
export type RunNews =
  | {
      readonly kind: "progress";
      readonly id: string;
      readonly share: number;
      readonly averageReturn: number | null;
      /** The machine that trains it, of the workers of a queue. */
      readonly machine?: string | undefined;
    }
  | { readonly kind: "done"; readonly id: string; readonly outcome: RunOutcome }
  /** Another process trains it at this time, perhaps on another machine. */
  | { readonly kind: "held"; readonly id: string; readonly by: string }
  /** The run could not be trained: its disk is full, its process died three times … Its files are as they were. */
  | {
      readonly kind: "broken";
      readonly id: string;
      readonly error: { readonly name: string; readonly message: string };
    };

/** News of the runs of a sweep, which several machines may train. */
export type SweepNews =
  | RunNews
  /** Machines that trained the same run came to different weights, which must not be. */
  | { readonly kind: "differs"; readonly id: string; readonly machines: readonly string[] };
