/** An environment as training is given it: by a registered id, or by a function that makes one. */

import { resolveOptions, type Schema } from "../options.js";
import { type AnyAsyncEnv, limitTime } from "./async-env.js";
import type { AnyEnv } from "./env.js";
import { madeEnv } from "./made-env.js";
import { envEntry, make } from "./registry.js";
import { timeLimitOption } from "./time-limit.js";

/** A registered id, or a function that makes a fresh environment each time. */
export type EnvSource = string | (() => AnyEnv | AnyAsyncEnv);

/** What an environment that was given by a function takes. */
const factoryOptions: Schema = { maxEpisodeSteps: timeLimitOption() };

/** The options that `makeFrom` takes for a source. @throws ConfigError for an unknown id */
export function sourceOptions(source: EnvSource): Schema {
  return typeof source === "string" ? envEntry(source).options : factoryOptions;
}

/** A fresh environment. One that a function made has no time limit but the option `maxEpisodeSteps`. @throws ConfigError */
export function makeFrom(source: EnvSource, options: Readonly<Record<string, unknown>>): AnyEnv | AnyAsyncEnv {
  if (typeof source === "string") return make(source, options);
  const maxEpisodeSteps = resolveOptions(factoryOptions, options, "envOptions").maxEpisodeSteps as number;
  return limitTime(madeEnv(source()), maxEpisodeSteps);
}
