/** Many runs: plans, outcomes, groups, verdicts and statistics over seeds. Pure functions on plain data. */

export { type Band, bandOf } from "./band.js";
export type { CellKind } from "./cell-kind.js";
export { type CellJudged, type CellVerdict, cellVerdict } from "./cell-verdict.js";
export { type Against, type CompareOptions, type Comparison, compareRuns, type GroupFigures } from "./compare.js";
export { comparisonNotes } from "./comparison-notes.js";
export { comparisonSentences } from "./comparison-sentences.js";
export { defineSweep, type SweepSettings, type TypedSweep } from "./define-sweep.js";
export { detectableDifference, detectableEffect } from "./detectable.js";
export { difference, welchProbability } from "./difference.js";
export { extendPlan } from "./extend-plan.js";
export { type Group, type Grouped, groupRuns } from "./groups.js";
export { type Effect, type Importance, importanceOf, type ScoredCell } from "./importance.js";
export { improvementInterval, probabilityOfImprovement } from "./improvement.js";
export { interquartileMean } from "./interquartile-mean.js";
export { markOf } from "./mark.js";
export type { Curve, RunOutcome } from "./outcome.js";
export { outcomeOf } from "./outcome-of.js";
export { type Cell, type PlannedRun, runsOf, type SweepPlan } from "./plan.js";
export { planSweep } from "./plan-sweep.js";
export { type Profile, profileOf } from "./profile.js";
export { integer, linear, log, oneMinusLog, powersOfTwo, type Range } from "./range.js";
export { rankCorrelation } from "./rank-correlation.js";
export { type Interval, type Resampling, resampledInterval } from "./resampling.js";
export { ENOUGH_SEEDS, scoresOf } from "./scores.js";
export { type CellSummary, type SweepSummary, summarise } from "./summary.js";
export type { Settings, SweepConfig } from "./sweep-config.js";
export { wilsonInterval } from "./wilson.js";
