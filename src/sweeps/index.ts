/** Many runs: plans, outcomes, groups, verdicts and statistics over seeds. Pure functions on plain data. */

export { defineSweep, type SweepSettings, type TypedSweep } from "./define-sweep.js";
export { detectableDifference, detectableEffect } from "./detectable.js";
export { difference, welchProbability } from "./difference.js";
export { extendPlan } from "./extend-plan.js";
export { improvementInterval, probabilityOfImprovement } from "./improvement.js";
export { interquartileMean } from "./interquartile-mean.js";
export type { Curve, RunOutcome } from "./outcome.js";
export { planSweep } from "./plan-sweep.js";
export { type Cell, type PlannedRun, runsOf, type SweepPlan } from "./plan.js";
export { integer, linear, log, oneMinusLog, powersOfTwo, type Range } from "./range.js";
export { rankCorrelation } from "./rank-correlation.js";
export { type Interval, type Resampling, resampledInterval } from "./resampling.js";
export type { Settings, SweepConfig } from "./sweep-config.js";
export { wilsonInterval } from "./wilson.js";
