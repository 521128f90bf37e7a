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
export { ConfigError } from "./errors.js";
export { bootstrapInterval } from "./evaluate.js";
export { evaluate } from "./evaluate.js";
export type { Evaluation } from "./evaluate.js";
export { play } from "./evaluate.js";
export type { Policy } from "./policies/policy.js";
export { EnvironmentError } from "./rollout/guarded-env.js";
export { CorruptFileError } from "./safetensors.js";
export { loadPolicy } from "./train.js";
export { NotFiniteError } from "./run.js";
export { resume } from "./train.js";
export { train } from "./train.js";
export type { ResolvedConfig } from "./training.js";
export type { RunResult } from "./training.js";
export type { TrainConfig } from "./training.js";
export type { Training } from "./training.js";
export type { Update } from "./training.js";
export type { Verdict } from "./training.js";
