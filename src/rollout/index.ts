/** Collecting experience, and what it is worth. */

export type { Batch, Segment } from "./batch.js";
export { Collector, type CollectorState, type Episode } from "./collector.js";
export { EnvironmentError } from "./guarded-env.js";
export { normalise } from "./normalise.js";
export { discountWeights, gae, returnsToGo, wholeEpisodeReturns } from "./returns.js";
