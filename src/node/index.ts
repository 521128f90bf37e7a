/** Runs on disk, for Node: saving, resuming with the same bits, and reading by other tools. */

export { type DrawnEpisode, drawEpisode } from "../report/drawn-episode.js";
export { sweepMapsSvg } from "../report/sweep/map-picture.js";
export type { RunExtension, RunImport, RunRecord, RunStatus } from "../training/run-record.js";
export { type AnimatedGifOptions, animatedGif } from "./animated-gif.js";
export { type RunEvaluation, readEvaluations } from "./evaluation-log.js";
export type { EvaluationOptions } from "./evaluation-options.js";
export { FileError } from "./file-error.js";
export type {
  LabChanges,
  LabFolder,
  LabRun,
  LabRunDetails,
  LabRunFile,
  LabSweep,
  LabSweepDetails,
} from "./lab/answers.js";
export { type Lab, type LabOptions, startLab } from "./lab/start-lab.js";
export { resumeLanguageRun, startLanguageRun } from "./language/start-language-run.js";
export { type OpenLog, registerLog } from "./logs/log-names.js";
export type { LoggedRun, LogSink } from "./logs/log-sink.js";
export { readMetrics, streamMetrics } from "./metrics.js";
export { openQueue, type QueueOptions, type QueueStatus, type SweepQueue } from "./queue/sweep-queue.js";
export { findRun, type ListedRun, listRuns } from "./run-folder.js";
export { readRecord } from "./run-record.js";
export type { SaveOptions, StartOptions } from "./save-options.js";
export type { SavedRun } from "./saved-run.js";
export { resumeRun, startRun } from "./start-run.js";
export { type MergedSweeps, mergeSweeps } from "./sweeps/merge-sweeps.js";
export { readOutcome } from "./sweeps/outcome-file.js";
export {
  type OpenSweep,
  openSweep,
  type ResumeSweepOptions,
  resumeSweep,
  type StartSweepOptions,
  type SweepOptions,
  startSweep,
} from "./sweeps/start-sweep.js";
export { type ResumeTuneOptions, resumeTuning, startTuning, type TuneOptions } from "./sweeps/start-tuning.js";
export type { BrokenRun, Sweep } from "./sweeps/sweep.js";
export type { SweepCode, SweepImport } from "./sweeps/sweep-code.js";
export type { SweepRecord } from "./sweeps/sweep-record.js";
export type { RunNews, SweepNews, Task } from "./sweeps/task.js";
export type { Goal, StudyRecord } from "./sweeps/tune-folder.js";
export type { Runs, TuneNews, Tuning } from "./sweeps/tuning.js";
export { type ThreadOptions, type Threads, threads } from "./threads/threads.js";
