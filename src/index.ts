/**
 * Ascent's front door: train a policy, keep it, use it, and bring an environment of your own.
 *
 * Everything else has a door of its own: `ascent/tensor`, `ascent/nn`, `ascent/distributions`, `ascent/optim` for writing an
 * algorithm by hand; `ascent/envs`, `ascent/spaces`, `ascent/random`, `ascent/maths`, `ascent/scene` for environments;
 * `ascent/algorithms`, `ascent/policies`, `ascent/rollout` for what lies between; `ascent/node` for runs on disk.
 */

export { AlgorithmError } from "./algorithms/algorithm-error.js";
export { checkEnv } from "./envs/check-env.js";
export type { Env } from "./envs/env.js";
export { listEnvs, make, register } from "./envs/registry.js";
export { ConfigError, NotFiniteError } from "./errors.js";
export { CorruptFileError } from "./formats/safetensors.js";
export type { Policy } from "./policies/policy.js";
export { EnvironmentError } from "./rollout/guard.js";
export type { Evaluation } from "./training/evaluate.js";
export { bootstrapInterval, evaluate, evaluateAsync, play, playAsync } from "./training/evaluate.js";
export { loadPolicy } from "./training/load-policy.js";
export { resume, train, trainNamed } from "./training/train.js";
export type {
  NamedConfig,
  ResolvedConfig,
  RunResult,
  TrainConfig,
  Training,
  Update,
  Verdict,
} from "./training/types.js";
