/** Collecting experience, and what it is worth. */

export type { Batch, Segment } from "./batch.js";
export { type Collect, Collector, type CollectorOptions, type CollectorState, type Episode } from "./collector.js";
export { environments, type MakeEnvironments } from "./environments.js";
export { EnvironmentError } from "./guarded-env.js";
export { explainedVariance } from "./explained-variance.js";
export { normalise } from "./normalise.js";
export { bootstrapValues, discountWeights, gae, returnsToGo, wholeEpisodeReturns } from "./returns.js";
export { RewardScaling } from "./reward-scaling.js";
