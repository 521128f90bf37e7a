/**
 * What the lab's server tells its page: JSON of these types. Texts come from files that anyone may have written, so a page
 * shows them as text and never as HTML.
 */

import type { RunRecord, RunStatus } from "../../training/run-record.js";
import type { Verdict } from "../../training/types.js";
import type { SweepRecord } from "../sweeps/sweep-record.js";
import type { StudyRecord } from "../sweeps/tune-folder.js";

/** A run in the list. Texts from its files are cut after 200 characters. */
export interface LabRun {
  /** 16 hexadecimal digits, the same as long as the folder has its path. */
  readonly id: string;
  /** The id of the sweep or study that it belongs to, or null. */
  readonly sweep: string | null;
  /** Its path as it would be typed where the lab was started, such as `runs/ppo-CartPole-v1-seed0`. */
  readonly name: string;
  /** Whether it learned in an environment or on a language task. Null if its record is damaged. */
  readonly kind: "control" | "language" | null;
  readonly algorithm: string | null;
  /** Null if the environment has no name, or the record is damaged. */
  readonly env: string | null;
  readonly preset: string | null;
  /** Decimal digits. */
  readonly seed: string | null;
  /** That of its record, unless its process was killed or its record is damaged. */
  readonly state: RunStatus | "killed" | "damaged";
  /** Why its files can't be read, or null. */
  readonly problem: string | null;
  /** The verdict and the error that it ended with, or null. */
  readonly verdict: Verdict | null;
  readonly error: string | null;
  /** How far it is: its result, or the last line of its log while it runs. Null before the first update. */
  readonly updates: number | null;
  readonly episodes: number | null;
  readonly steps: number | null;
  readonly averageReturn: number | null;
  readonly solvedAtEpisode: number | null;
  /** The limits of its budget. */
  readonly budget: { readonly episodes: number | null; readonly steps: number | null };
  /** Bytes of `metrics.jsonl` and its further parts. */
  readonly logBytes: number;
  /** Which of its other files there are. */
  readonly files: readonly LabRunFile[];
  /** ISO 8601. */
  readonly started: string | null;
  /** When its record or its log was written last, in milliseconds since 1970. */
  readonly changed: number;
}

/** The other files of a run, by their names in `/data/runs/<id>/<name>`. */
export type LabRunFile = "checkpoint" | "weights" | "best" | "evaluations";

/** A sweep or a study in the list. Its runs are in the list of runs, with its id as their `sweep`. */
export interface LabSweep {
  readonly id: string;
  readonly name: string;
  readonly kind: "sweep" | "study";
  readonly problem: string | null;
  /** At most eight of each. */
  readonly algorithms: readonly string[];
  readonly envs: readonly string[];
  /** The settings that differ between its runs. At most 50. */
  readonly varied: readonly string[];
  /** How many runs its plan has; null for a study, which plans as it goes, and if its record is damaged. */
  readonly planned: number | null;
  /** Whether its results are complete. */
  readonly complete: boolean;
  /** ISO 8601. */
  readonly started: string | null;
  /** When its record or its results were written last, in milliseconds since 1970. */
  readonly changed: number;
}

/** A folder that the lab was started with. */
export interface LabFolder {
  readonly name: string;
  /** What is not shown of it, and why. At most 20. */
  readonly problems: readonly string[];
}

/** What has changed after some revision: the answer to `/data/runs`, and each event of `/data/events`. */
export interface LabChanges {
  /** Pass it as `after` to be told what changes from here on. */
  readonly revision: number;
  /** Whether this begins anew: whoever has runs and sweeps from before forgets them. */
  readonly anew: boolean;
  /** Whether more changes are known than one answer has: ask again with the new revision. A stream sends them itself. */
  readonly more: boolean;
  /** Whether all folders have been looked through once. Until then runs may be missing. */
  readonly complete: boolean;
  readonly folders: readonly LabFolder[];
  /** Runs and sweeps that are new or that changed. */
  readonly runs: readonly LabRun[];
  readonly sweeps: readonly LabSweep[];
  /** The ids of runs and sweeps that are gone. */
  readonly removed: readonly string[];
}

/** The answer to `/data/runs/<id>`. */
export interface LabRunDetails {
  readonly run: LabRun;
  /** The content of `run.json`; null if it is damaged, and `run.problem` has the reason. */
  readonly record: RunRecord | null;
}

/** The answer to `/data/sweeps/<id>`. */
export interface LabSweepDetails {
  readonly sweep: LabSweep;
  /** The content of `sweep.json` or `study.json`; null if it is damaged. */
  readonly record: SweepRecord | StudyRecord | null;
}
