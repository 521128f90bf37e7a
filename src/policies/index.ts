/** Policies and value functions. */

export { Actor } from "./actor.js";
export type { ActionDistribution, Exploration, HeadInputs, HeadOperations, Place } from "./heads/head.js";
export type { Head, HeadOptions } from "./heads/head-for.js";
export { type MlpPolicyOptions, mlpPolicy } from "./mlp-policy.js";
export { ObservationNormaliser } from "./observation-normaliser.js";
export type { Action, ActOptions, Known, Policy } from "./policy.js";
export { RunningMoments } from "../running-moments.js";
export { type ValueNetwork, valueNetwork } from "./value-network.js";
