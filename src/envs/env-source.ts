/** The two ways to name an environment for training: a registered id, or a function that makes one. */

import { resolveOptions, type Schema } from "../options.js";
import { type AnyAsyncEnv, limitTime } from "./async-env.js";
import { envEntry, makeRegistered } from "./entries.js";
import type { AnyEnv } from "./env.js";
import { madeEnv } from "./made-env.js";
import { timeLimitOption } from "./time-limit.js";

/** A registered id, or a function that makes a fresh environment each time. */
export type EnvSource = string | (() => AnyEnv | AnyAsyncEnv);

/** The options of an environment that a function makes. */
const factoryOptions: Schema = { maxEpisodeSteps: timeLimitOption() };

/** The options that `makeFrom` accepts for a source. @throws ConfigError for an unknown id */
export function sourceOptions(source: EnvSource): Schema {
  return typeof source === "string" ? envEntry(source).options : factoryOptions;
}

/**
 * Makes a new environment. One that a function makes has only the time limit of the option `maxEpisodeSteps`.
 *
 * @throws ConfigError for an unknown id, a bad option, or a function that does not return an environment
 */
export function makeFrom(source: EnvSource, options: Readonly<Record<string, unknown>>): AnyEnv | AnyAsyncEnv {
  if (typeof source === "string") return makeRegistered(source, options);
  const maxEpisodeSteps = resolveOptions(factoryOptions, options, "envOptions").maxEpisodeSteps as number;
  return limitTime(madeEnv(source()), maxEpisodeSteps);
}
