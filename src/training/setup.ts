/** What a run is made of: its settings, and the things that settings only name. */

import type { Algorithm } from "../algorithms/algorithm.js";
import type { EnvSource } from "../envs/env-source.js";
import { ConfigError } from "../errors.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import { algorithmOf, envOf, resolveConfig } from "./config.js";
import type { NamedConfig, ResolvedConfig } from "./types.js";
import { type LearnedWeights, readWeights } from "./warm-start.js";

/** A run before its first step. */
export interface Setup {
  readonly config: ResolvedConfig;
  readonly algorithm: Algorithm;
  readonly env: EnvSource;
  /** Weights to start from, which a resumed run has in its own checkpoint. */
  readonly weights?: LearnedWeights | undefined;
  /** The caller's own first layers. */
  readonly features?: FeatureLayers | undefined;
}

/** What a saved run does not hold: code. */
export interface Code {
  /** The function that makes the environment, for a run whose environment was given by one. */
  readonly env?: EnvSource | undefined;
  /** The algorithm, where it is not registered. */
  readonly algorithm?: Algorithm | undefined;
  /** The function that makes the first layers, for a run that was given one. */
  readonly features?: FeatureLayers | undefined;
}

/** From what the caller wrote. @throws ConfigError @throws CorruptFileError where `from` is no checkpoint */
export function setUp(config: NamedConfig): Setup {
  const weights = config?.from == null ? undefined : readWeights(config.from);
  return {
    config: resolveConfig(config, weights?.sha256),
    algorithm: algorithmOf(config),
    env: envOf(config),
    weights,
    features: config.features,
  };
}

/** From the settings of a saved run, checked as if they had been typed. @throws ConfigError naming code that is missing */
export function setUpAgain({ from, ownFeatures, ...claimed }: ResolvedConfig, code: Code): Setup {
  const algorithm = codeOf("algorithm", claimed.algorithm, code.algorithm);
  const env = claimed.env ?? code.env;
  if (env === undefined || (claimed.env === null && typeof env === "string")) {
    const allowed = "env: () => …, as this run's environment was given by a function, which a checkpoint can't hold";
    throw new ConfigError({ field: "env", given: env, allowed });
  }
  if (claimed.env !== null && code.env !== undefined && code.env !== claimed.env) {
    const allowed = `nothing, or ${claimed.env}, which is the environment of this run`;
    throw new ConfigError({ field: "env", given: code.env, allowed });
  }
  const { features } = code;
  if (ownFeatures !== (features !== undefined)) {
    const allowed = ownFeatures
      ? "features: …, as this run's first layers were made by a function, which a checkpoint can't hold"
      : "nothing: this run began without layers of its caller's";
    throw new ConfigError({ field: "features", given: features, allowed });
  }
  const config: NamedConfig = { ...claimed, algorithm, env, seed: BigInt(claimed.seed), features };
  return { config: resolveConfig(config, from), algorithm: algorithmOf(config), env, features };
}

/** The algorithm of a saved run: the object that was given for it, which must have its name, or the name itself. */
function codeOf(field: string, name: string, given: Algorithm | undefined): Algorithm | string {
  if (given === undefined || given.name === name) return given ?? name;
  throw new ConfigError({ field, given: given.name, allowed: `${name}, which is the algorithm of this run` });
}
