/** Optimisers, gradient clipping and learning-rate schedules. */

export { type AdamOptions, adam } from "./adam.js";
export { clipGradNorm, gradNorm } from "./clip.js";
export type { Optimizer } from "./optimizer.js";
export { type RmspropOptions, rmsprop } from "./rmsprop.js";
export { constant, linearSchedule, type Schedule } from "./schedule.js";
export { type SgdOptions, sgd } from "./sgd.js";
