/** From what the caller wrote to a config with every choice made, or to an error that names the field. */

import type { Algorithm, Preset } from "../algorithms/algorithm.js";
import { checkAlgorithm } from "../algorithms/check-algorithm.js";
import { algorithmEntry, listAlgorithms } from "../algorithms/registry.js";
import { type EnvSource, sourceOptions } from "../envs/env-source.js";
import { ConfigError, nearest } from "../errors.js";
import { checkValue, flag, int, type Option, resolveOptions } from "../options.js";
import { deepFreeze } from "./deep-freeze.js";
import type { NamedConfig, ResolvedConfig } from "./types.js";

const FIELDS = [
  "algorithm",
  "env",
  "envOptions",
  "preset",
  "seed",
  "episodes",
  "steps",
  "stopWhenSolved",
  "options",
  "from",
  "features",
];
const BUDGET: Option = int(1, { min: 1, max: 1e12, help: "" });
const STOP_WHEN_SOLVED: Option = flag(false, { help: "" });

/**
 * Fills in every choice that a config leaves open, and checks the rest. `from` is the digest of the weights that the run
 * starts from. @throws ConfigError
 */
export function resolveConfig(config: NamedConfig, from: string | null = null): ResolvedConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigError({ field: "config", given: config, allowed: "an object of settings by name" });
  for (const name of Object.keys(config)) {
    if (!FIELDS.includes(name)) {
      const given = config[name as keyof NamedConfig];
      const allowed = `only ${FIELDS.join(", ")}`;
      throw new ConfigError({ field: name, given, allowed, nearest: nearest(name, FIELDS) });
    }
  }
  const { envOptions = {}, options = {}, seed = 0 } = config;
  const env = envOf(config);
  const envName = typeof env === "string" ? env : null;
  const algorithm = algorithmOf(config);
  const presetName = config.preset ?? "default";
  const preset = presetFor(algorithm, presetName, envName);
  if (!(typeof seed === "bigint" ? seed >= 0n && seed < 1n << 128n : Number.isSafeInteger(seed) && seed >= 0)) {
    throw new ConfigError({ field: "seed", given: seed, allowed: "a whole number from 0 to 2^128 - 1" });
  }
  return deepFreeze({
    algorithm: algorithm.name,
    env: envName,
    envOptions: resolveOptions(sourceOptions(env), envOptions, "envOptions"),
    preset: presetName,
    seed: String(seed),
    ...budget(config, preset),
    stopWhenSolved: checkValue(
      "stopWhenSolved",
      STOP_WHEN_SOLVED,
      config.stopWhenSolved ?? preset.stopWhenSolved,
    ) as boolean,
    options: { ...resolveOptions(algorithm.options, { ...preset.options, ...given(options) }) },
    from,
    ownFeatures: hasFeatures(config),
  });
}

function hasFeatures({ features }: NamedConfig): boolean {
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

/** What ends the run: what the caller says, or else what the preset says. */
function budget(config: NamedConfig, preset: Preset): Pick<ResolvedConfig, "episodes" | "steps"> {
  const { episodes, steps } = config.episodes == null && config.steps == null ? preset : config;
  const checked = (field: string, value: number | null | undefined): number | null =>
    value == null ? null : (checkValue(field, BUDGET, value) as number);
  return { episodes: checked("episodes", episodes), steps: checked("steps", steps) };
}

/**
 * A preset as it is for one environment; null for one without a name, which gets what holds for all.
 * @throws ConfigError for an unknown name, or an environment that it is not for
 */
export function presetFor(algorithm: Algorithm, name: string, env: string | null): Preset {
  const preset = oneOf("preset", algorithm.presets, name);
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

function oneOf<T>(field: string, known: Readonly<Record<string, T>>, name: string): T {
  if (typeof name === "string" && Object.hasOwn(known, name)) return known[name];
  const names = Object.keys(known);
  throw new ConfigError({ field, given: name, allowed: `one of ${names.join(", ")}`, nearest: nearest(name, names) });
}

/** The options that were given a value: an `undefined` must not hide what the preset says. */
function given(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ConfigError({ field: "options", given: options, allowed: "an object of options by name" });
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
