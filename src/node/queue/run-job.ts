/** What lies in a queue. Its store shows it to whoever can reach it, so it holds no secrets and no paths of a machine. */

import type { PlannedRun } from "../../sweeps/plan.js";
import type { RunCode } from "./run-code.js";

/** A run that is to be trained. */
export interface RunJob {
  /** The sweep that it belongs to, as in `ListedSweep`. */
  readonly sweep: string;
  readonly run: PlannedRun;
  readonly endHopeless: boolean;
  /** Whether its sweep was cancelled while it was trained. */
  readonly cancelled: boolean;
}

/** What a worker says of a run that it has brought to its end. The files are in the depot. */
export interface RunDone {
  readonly weightsSha256: string | null;
  readonly machine: string;
  /** Other machines that trained the same run to other weights, which must not be. */
  readonly differs: readonly { readonly machine: string; readonly weightsSha256: string }[];
}

/** A sweep in the list of those that workers can work for. */
export interface ListedSweep {
  readonly sweep: string;
  readonly name: string;
  readonly code: RunCode;
  /** Where the files of its runs are kept, without secrets. */
  readonly files: string;
  readonly runs: number;
}

/** The id of a job, and the name of its files in a depot. Jobs of two sweeps are two jobs, even of one run. */
export function jobKey(sweep: string, run: string): string {
  return `${sweep}-${run}`;
}
