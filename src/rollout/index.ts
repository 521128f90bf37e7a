/** Collecting experience, and computing returns and advantages from it. */

export type { Batch, Segment } from "./batch.js";
export { environments } from "./built-in-environments.js";
export { collect, collectAsync } from "./collect.js";
export { type Collect, Collector, type CollectorOptions, type CollectorState } from "./collector.js";
export type { MakeEnvironments } from "./environments.js";
export type { Episode } from "./episodes.js";
export { explainedVariance } from "./explained-variance.js";
export { EnvironmentError } from "./guard.js";
export { normalise } from "./normalise.js";
export { bootstrapValues, discountWeights, gae, returnsToGo, wholeEpisodeReturns } from "./returns.js";
export { RewardScaling } from "./reward-scaling.js";
