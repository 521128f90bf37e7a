/** Saved policies that only act, for pages that load one and never train. */

export type { Uniform } from "./choices.js";
export { type ActingOptions, type ActingPolicy, loadPolicy, type Mask } from "./load-policy.js";
