/** Saved policies that only act, for pages that load one and never train. */

export type { Mask, Uniform } from "./choices.js";
export { type ActingOptions, type ActingPolicy, loadPolicy } from "./load-policy.js";
