/** Policies and value functions. */

export { Actor } from "./actor.js";
export { type MlpPolicyOptions, mlpPolicy } from "./mlp-policy.js";
export type { ActionDistribution, ActOptions, Head, Policy } from "./policy.js";
export { type ValueNetwork, valueNetwork } from "./value-network.js";
