import type { LabRun } from "../state/lab.js";

/** What a chart needs to know of a run. */
type ChartedRun = Pick<LabRun, "history" | "begun" | "version">;

/** One run with its name and colour, or the seeds of a group. */
export interface ChartedPlace {
  /** Stays the same as long as the place is shown. */
  readonly key: string;
  readonly name: string;
  readonly colour: number;
  readonly runs: readonly ChartedRun[];
  readonly group: boolean;
}
