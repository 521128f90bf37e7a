/** Policies, value functions and their parts. */

export { RunningMoments } from "../running-moments.js";
export { type ActorCritic, type ActorCriticOptions, actorCriticNetworks } from "./actor-critic.js";
export type { ContinuousDescription, HeadDescription, PolicyDescription } from "./description.js";
export { type GruMemoryOptions, gruMemory } from "./gru-memory.js";
export type { ActionDistribution, Exploration, Head, HeadInputs, RowAddresses } from "./heads/head.js";
export { type HeadOptions, headFor } from "./heads/head-for.js";
export type { Memory, MemoryDescription } from "./memory.js";
export { mlpNetwork } from "./mlp-network.js";
export {
  type FeatureLayers,
  gruPolicy,
  type LayerOptions,
  type MlpPolicyOptions,
  mlpPolicy,
} from "./mlp-policy.js";
export type { Network, RowNetwork } from "./network.js";
export { ObservationNormaliser } from "./observation-normaliser.js";
export type { Action, ActOptions, Policy } from "./policy.js";
export { type PolicyParts, policyOf } from "./policy-of.js";
export { probabilitiesOf } from "./probabilities.js";
export { profileOfPolicy } from "./profile-of-policy.js";
export type { ForwardCache, Rows, Sequences } from "./rows.js";
export { rowsOf } from "./rows-of.js";
export { type ValueNetwork, valueNetwork } from "./value-network.js";
