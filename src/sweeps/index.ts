/** Many runs: plans, outcomes, groups, verdicts and statistics over seeds. Pure functions on plain data. */

export { defineSweep, type SweepSettings, type TypedSweep } from "./define-sweep.js";
export { extendPlan } from "./extend-plan.js";
export type { Curve, RunOutcome } from "./outcome.js";
export { type Cell, type PlannedRun, runsOf, type SweepPlan } from "./plan.js";
export { planSweep } from "./plan-sweep.js";
export { integer, linear, log, oneMinusLog, powersOfTwo, type Range } from "./range.js";
export type { Settings, SweepConfig } from "./sweep-config.js";
