/** From what the caller wrote to a config with every choice made, or to an error that names the field. */

import type { Algorithm, Preset } from "../algorithms/algorithm.js";
import { algorithms } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { ConfigError, nearest } from "../errors.js";
import { checkValue, flag, int, type Option, resolveOptions } from "../options.js";
import type { ResolvedConfig, TrainConfig } from "./types.js";

const FIELDS = ["algorithm", "env", "envOptions", "preset", "seed", "episodes", "steps", "stopWhenSolved", "options"];
const BUDGET: Option = int(1, { min: 1, max: 1e12, help: "" });
const STOP_WHEN_SOLVED: Option = flag(false, { help: "" });

/** Fills in every choice that a config leaves open, and checks the rest. @throws ConfigError */
export function resolveConfig(config: TrainConfig): ResolvedConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigError({ field: "config", given: config, allowed: "an object of settings by name" });
  for (const name of Object.keys(config)) {
    if (!FIELDS.includes(name)) {
      const given = config[name as keyof TrainConfig];
      const allowed = `only ${FIELDS.join(", ")}`;
      throw new ConfigError({ field: name, given, allowed, nearest: nearest(name, FIELDS) });
    }
  }
  const { env = "CartPole-v1", envOptions = {}, options = {}, seed = 0 } = config;
  const algorithm = algorithmNamed(config.algorithm ?? "reinforce");
  const presetName = config.preset ?? "default";
  const preset = presetFor(algorithm, presetName, env);
  if (!(typeof seed === "bigint" ? seed >= 0n && seed < 1n << 128n : Number.isSafeInteger(seed) && seed >= 0)) {
    throw new ConfigError({ field: "seed", given: seed, allowed: "a whole number from 0 to 2^128 - 1" });
  }
  return {
    algorithm: algorithm.name,
    env,
    envOptions: resolveOptions(envEntry(env).options, envOptions, "envOptions"),
    preset: presetName,
    seed: String(seed),
    ...budget(config, preset),
    stopWhenSolved: checkValue(
      "stopWhenSolved",
      STOP_WHEN_SOLVED,
      config.stopWhenSolved ?? preset.stopWhenSolved,
    ) as boolean,
    options: { ...resolveOptions(algorithm.options, { ...preset.options, ...given(options) }) },
  };
}

/** What ends the run: what the caller says, or else what the preset says. */
function budget(config: TrainConfig, preset: Preset): Pick<ResolvedConfig, "episodes" | "steps"> {
  const { episodes, steps } = config.episodes == null && config.steps == null ? preset : config;
  const checked = (field: string, value: number | null | undefined): number | null =>
    value == null ? null : (checkValue(field, BUDGET, value) as number);
  return { episodes: checked("episodes", episodes), steps: checked("steps", steps) };
}

/** A preset as it is for one environment. @throws ConfigError for an unknown name, or an environment that it is not for */
export function presetFor(algorithm: Algorithm, name: string, env: string): Preset {
  const preset = oneOf("preset", algorithm.presets, name);
  const { envs = {}, onlyThese = false } = preset;
  const own = Object.hasOwn(envs, env) ? envs[env] : undefined;
  if (own === undefined && onlyThese) {
    const known = Object.keys(envs);
    const allowed = `one of ${known.join(", ")} with the preset ${name} of ${algorithm.name}, any with the preset default`;
    throw new ConfigError({ field: "env", given: env, allowed, nearest: nearest(env, known) });
  }
  return { ...preset, ...own, options: { ...preset.options, ...own?.options } };
}

/** The algorithm of that name; an unknown one is an error that offers the nearest. */
export function algorithmNamed(name: string): Algorithm {
  return oneOf("algorithm", algorithms, name);
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
