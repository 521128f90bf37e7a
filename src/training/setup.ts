/** The parts of a run: its settings, and the code and weights that the settings refer to. */

import type { Algorithm } from "../algorithms/algorithm.js";
import type { EnvSource } from "../envs/env-source.js";
import { ConfigError } from "../errors.js";
import type { Schema, Values } from "../options.js";
import type { FeatureLayers } from "../policies/mlp-policy.js";
import { algorithmOf, envOf, resolve } from "./config.js";
import { requireSameNumerics } from "./numerics.js";
import type { Held } from "./room.js";
import { joinSchedules, refuseUnusedEnds, type Schedules } from "./schedules.js";
import type { NamedConfig, ResolvedConfig } from "./types.js";
import { type LearnedWeights, readWeights } from "./warm-start.js";

/** Everything that a new run needs. */
export interface Setup {
  readonly config: ResolvedConfig;
  readonly algorithm: Algorithm;
  readonly env: EnvSource;
  /** Options that are functions of progress. */
  readonly schedules: Schedules;
  /** Weights to start from. A resumed run does not need them: its own checkpoint has its weights. */
  readonly weights?: LearnedWeights | undefined;
  /** The caller's own first layers, if any. */
  readonly features?: FeatureLayers | undefined;
  /** The checkpoint of a resumed run. It bounds what the settings may ask for. */
  readonly held?: Held | undefined;
}

/** The options as the algorithm gets them. */
export function optionsOf({ config, schedules }: Pick<Setup, "config" | "schedules">): Values<Schema> {
  return { ...config.options, ...schedules } as Values<Schema>;
}

/** Code that a saved run refers to but does not contain. */
export interface Code {
  /** The function that makes the environment, if the run was started with one. */
  readonly env?: EnvSource | undefined;
  /** The algorithm, if it is not registered. */
  readonly algorithm?: Algorithm | undefined;
  /** The function that makes the first layers, if the run was started with one. */
  readonly features?: FeatureLayers | undefined;
  /** Options that are functions of progress, by name. They must have the values that they had. */
  readonly schedules?: Schedules | undefined;
}

/** The setup of a new run. @throws ConfigError @throws CorruptFileError if `from` is not a checkpoint */
export function setUp(config: NamedConfig): Setup {
  const weights = config?.from == null ? undefined : readWeights(config.from);
  const resolved = resolve(config, weights?.sha256);
  const algorithm = algorithmOf(config);
  refuseUnusedEnds(algorithm.options, config.options);
  return {
    ...resolved,
    algorithm,
    env: envOf(config),
    weights,
    features: config.features,
  };
}

/** The setup of a saved run. Its settings are checked like new ones. @throws ConfigError naming missing code */
export function setUpAgain({ from, ownFeatures, numerics, ...claimed }: ResolvedConfig, code: Code): Setup {
  requireSameNumerics({ numerics });
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
  const named: NamedConfig = { ...claimed, algorithm, env, seed: BigInt(claimed.seed), features };
  const options = joinSchedules(algorithmOf(named).options, claimed.options, code.schedules);
  return { ...resolve({ ...named, options }, from), algorithm: algorithmOf(named), env, features };
}

/** The algorithm of a saved run: the given object, which must have the saved name, or the name itself. */
function codeOf(field: string, name: string, given: Algorithm | undefined): Algorithm | string {
  if (given === undefined || given.name === name) return given ?? name;
  throw new ConfigError({ field, given: given.name, allowed: `${name}, which is the algorithm of this run` });
}
