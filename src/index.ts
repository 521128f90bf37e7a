/**
 * Ascent's front door: train a policy, keep it, use it, and bring an environment of your own.
 *
 * Everything else has a door of its own: `ascent/tensor`, `ascent/nn`, `ascent/distributions`, `ascent/optim` for writing an
 * algorithm by hand; `ascent/envs`, `ascent/spaces`, `ascent/random`, `ascent/maths`, `ascent/scene` for environments;
 * `ascent/algorithms`, `ascent/policies`, `ascent/rollout` for what lies between; `ascent/node` for runs on disk.
 */

export type { Env } from "./envs/env.js";
export { checkEnv } from "./envs/check-env.js";
export { listEnvs } from "./envs/registry.js";
export { make } from "./envs/registry.js";
export { register } from "./envs/registry.js";
export { AlgorithmError } from "./algorithms/algorithm-error.js";
export { ConfigError } from "./errors.js";
export { bootstrapInterval } from "./training/evaluate.js";
export { evaluate } from "./training/evaluate.js";
export type { Evaluation } from "./training/evaluate.js";
export { play } from "./training/evaluate.js";
export type { Policy } from "./policies/policy.js";
export { EnvironmentError } from "./rollout/guard.js";
export { CorruptFileError } from "./formats/safetensors.js";
export { loadPolicy } from "./training/train.js";
export { NotFiniteError } from "./training/run.js";
export { resume } from "./training/train.js";
export { train } from "./training/train.js";
export { trainNamed } from "./training/train.js";
export type { NamedConfig } from "./training/types.js";
export type { ResolvedConfig } from "./training/types.js";
export type { RunResult } from "./training/types.js";
export type { TrainConfig } from "./training/types.js";
export type { Training } from "./training/types.js";
export type { Update } from "./training/types.js";
export type { Verdict } from "./training/types.js";
