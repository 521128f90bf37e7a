import type { StudyRecord } from "../node/sweeps/tune-folder.js";
import type { TuneNews } from "../node/sweeps/tuning.js";
import type { Settings } from "../sweeps/sweep-config.js";
import type { Findings } from "../sweeps/tuning/findings.js";
import type { RungRow } from "../sweeps/tuning/rung-table.js";
import type { Stage } from "../sweeps/tuning/stages.js";

/** Shows a study while it is carried out: in a terminal, as plain lines, or as JSON. */
export interface TuneView {
  begin(study: ShownStudy): void;
  news(news: TuneNews): void;
  /** Called several times a second. */
  tick(): void;
  end(ending: TuneEnding): void;
}

/** A study as views see it. */
export interface ShownStudy {
  readonly folder: string;
  readonly record: StudyRecord;
  readonly stage: Stage;
  readonly rungs: readonly RungRow[];
  /** All time spent on it. */
  readonly seconds: number;
  readonly secondsLeft: number | undefined;
  settings(point: number): Settings;
}

export interface TuneEnding {
  /** Undefined if the study was interrupted. */
  readonly findings: Findings | undefined;
}
