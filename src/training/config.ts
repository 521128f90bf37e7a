/** Resolves a config: fills in presets and defaults, and checks every field. */

import type { Algorithm, Preset } from "../algorithms/algorithm.js";
import { checkAlgorithm } from "../algorithms/check-algorithm.js";
import { algorithmEntry, listAlgorithms } from "../algorithms/entries.js";
import { type EnvSource, sourceOptions } from "../envs/env-source.js";
import { ConfigError, nearest } from "../errors.js";
import { requireKnown, resolveOptions } from "../options.js";
import { deepFreeze } from "./deep-freeze.js";
import { recordedNumerics } from "./numerics.js";
import { runOptions } from "./run-options.js";
import { type Schedules, splitSchedules } from "./schedules.js";
import type { NamedConfig, ResolvedConfig } from "./types.js";

/**
 * Fills in what a config leaves open, and checks the rest. `from` is the digest of the weights that the run starts from.
 *
 * @throws ConfigError naming the field
 */
export function resolveConfig(config: NamedConfig, from: string | null = null): ResolvedConfig {
  return resolve(config, from).config;
}

/** The same, with the options that are functions of progress. */
export function resolve(
  config: NamedConfig,
  from: string | null = null,
): { readonly config: ResolvedConfig; readonly schedules: Schedules } {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigError({ field: "config", given: config, allowed: "an object of settings by name" });
  const { algorithm: _a, env: _e, envOptions = {}, options = {}, from: _f, features, ...rest } = config;
  const algorithm = algorithmOf(config);
  const schema = runOptions(algorithm);
  requireKnown(rest, ["algorithm", "env", "envOptions", ...Object.keys(schema), "options", "from", "features"]);
  const source = envOf(config);
  const env = typeof source === "string" ? source : null;
  const { episodes, steps } = rest;
  const run = resolveOptions(schema, { ...rest, episodes: episodes ?? undefined, steps: steps ?? undefined }, "");
  const preset = presetFor(algorithm, run.preset, env);
  // If one limit is given, the preset's other one no longer applies.
  const budget = run.episodes === undefined && run.steps === undefined ? preset : run;
  const values = resolveOptions(algorithm.options, { ...preset.options, ...given(options) });
  const { recorded, schedules } = splitSchedules(algorithm.options, values);
  const resolved = deepFreeze({
    algorithm: algorithm.name,
    env,
    envOptions: resolveOptions(sourceOptions(source), envOptions, "envOptions"),
    preset: run.preset,
    seed: String(run.seed),
    episodes: budget.episodes ?? null,
    steps: budget.steps ?? null,
    stopWhenSolved: run.stopWhenSolved ?? preset.stopWhenSolved,
    options: recorded,
    from,
    ownFeatures: hasFeatures(features),
    ...recordedNumerics(),
  });
  return { config: resolved, schedules };
}

function hasFeatures(features: NamedConfig["features"]): boolean {
  if (features === undefined || typeof features === "function") return features !== undefined;
  throw new ConfigError({ field: "features", given: features, allowed: "a function that makes layers" });
}

/** The environment of a config: a registered id, or a function. @throws ConfigError for an instance */
export function envOf({ env = "CartPole-v1" }: NamedConfig): EnvSource {
  if (typeof env === "string" || typeof env === "function") return env;
  const what = isInstance(env) ? "an environment" : env;
  const allowed = "the id of a registered environment, or a function that makes a fresh one each time: env: () => …";
  throw new ConfigError({ field: "env", given: what, allowed });
}

function isInstance(env: unknown): boolean {
  return typeof env === "object" && env !== null && "step" in env;
}

/** The algorithm of a config. @throws ConfigError for an unknown name, and for an object that takes another's name */
export function algorithmOf({ algorithm: given }: NamedConfig): Algorithm {
  const algorithm = given ?? "reinforce";
  if (typeof algorithm === "string") return algorithmEntry(algorithm);
  checkAlgorithm(algorithm);
  const other = listAlgorithms().find(({ name }) => name === algorithm.name);
  if (other !== undefined && other !== algorithm) {
    const allowed = "a name that no other algorithm is registered under";
    throw new ConfigError({ field: "algorithm.name", given: algorithm.name, allowed });
  }
  return algorithm;
}

/**
 * The preset's settings for one environment. An environment without a name (null) gets the general settings.
 *
 * @throws ConfigError for an unknown preset, or an environment that it does not support
 */
export function presetFor(algorithm: Algorithm, name: string, env: string | null): Preset {
  const preset = checkedPreset(algorithm, name);
  const { envs = {}, onlyThese = false } = preset;
  const own = env !== null && Object.hasOwn(envs, env) ? envs[env] : undefined;
  if (own === undefined && onlyThese) {
    const known = Object.keys(envs);
    const allowed = `one of ${known.join(", ")} with the preset ${name} of ${algorithm.name}, any with the preset default`;
    const given = env ?? "a function";
    throw new ConfigError({ field: "env", given, allowed, nearest: nearest(env, known) });
  }
  return { ...preset, ...own, options: { ...preset.options, ...own?.options } };
}

function checkedPreset({ presets }: Algorithm, name: string): Preset {
  if (typeof name === "string" && Object.hasOwn(presets, name)) return presets[name];
  const names = Object.keys(presets);
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "preset", given: name, allowed, nearest: nearest(name, names) });
}

/** Drops options that are `undefined`, because they must not override the preset. */
function given(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ConfigError({ field: "options", given: options, allowed: "an object of options by name" });
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
