/** The algorithms, their interface and their registry. */

export {
  choice,
  flag,
  int,
  type Range,
  real,
  type Scheduled,
  type Schema,
  type Search,
  schedule,
  sizes,
  text,
  type Values,
} from "../options.js";
export { a2c } from "./a2c.js";
export { actorCritic } from "./actor-critic.js";
export {
  type Algorithm,
  type Context,
  type Credit,
  type Diagnostics,
  defineAlgorithm,
  type EnvPreset,
  type Learner,
  type LossPart,
  type Preset,
} from "./algorithm.js";
export { AlgorithmError } from "./algorithm-error.js";
export type { AlgorithmChoice, AlgorithmOptions, KnownAlgorithms, PresetName } from "./known-algorithms.js";
export { ppo } from "./ppo.js";
export { algorithmEntry, listAlgorithms, registerAlgorithm } from "./registry.js";
export { reinforce } from "./reinforce.js";
export { scheduleOf } from "./scheduled.js";
export { vpg } from "./vpg.js";
