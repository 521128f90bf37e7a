/** From what the caller wrote to a config with every choice made, or to an error that names the field. */

import type { Algorithm, Preset } from "../algorithms/algorithm.js";
import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { ConfigError, nearest } from "../errors.js";
import { resolveOptions } from "../options.js";
import { runOptions } from "./run-options.js";
import type { ResolvedConfig, TrainConfig } from "./types.js";

/** Fills in every choice that a config leaves open, and checks the rest. @throws ConfigError */
export function resolveConfig(config: TrainConfig): ResolvedConfig {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigError({ field: "config", given: config, allowed: "an object of settings by name" });
  const { algorithm: name = "reinforce", env = "CartPole-v1", envOptions = {}, options = {}, from, ...rest } = config;
  const algorithm = algorithmEntry(name);
  if (from !== undefined && !(from instanceof Uint8Array))
    throw new ConfigError({ field: "from", given: from, allowed: "the bytes of a checkpoint" });
  const schema = runOptions(algorithm);
  requireKnown(rest, Object.keys(schema));
  const { episodes, steps } = rest;
  const run = resolveOptions(schema, { ...rest, episodes: episodes ?? undefined, steps: steps ?? undefined }, "");
  const preset = presetFor(algorithm, run.preset, env);
  // Who names one limit gives up the preset's other one.
  const budget = run.episodes === undefined && run.steps === undefined ? preset : run;
  return {
    algorithm: algorithm.name,
    env,
    envOptions: resolveOptions(envEntry(env).options, envOptions, "envOptions"),
    preset: run.preset,
    seed: String(run.seed),
    episodes: budget.episodes ?? null,
    steps: budget.steps ?? null,
    stopWhenSolved: run.stopWhenSolved ?? preset.stopWhenSolved,
    options: resolveOptions(algorithm.options, { ...preset.options, ...given(options) }),
  };
}

function requireKnown(rest: object, settings: readonly string[]): void {
  const fields = ["algorithm", "env", "envOptions", "options", "from", ...settings];
  for (const [name, given] of Object.entries(rest)) {
    if (fields.includes(name)) continue;
    const allowed = `only ${fields.join(", ")}`;
    throw new ConfigError({ field: name, given, allowed, nearest: nearest(name, fields) });
  }
}

/** A preset as it is for one environment. @throws ConfigError for an unknown name, or an environment that it is not for */
export function presetFor(algorithm: Algorithm, name: string, env: string): Preset {
  const preset = checkedPreset(algorithm, name);
  const { envs = {}, onlyThese = false } = preset;
  const own = Object.hasOwn(envs, env) ? envs[env] : undefined;
  if (own === undefined && onlyThese) {
    const known = Object.keys(envs);
    const allowed = `one of ${known.join(", ")} with the preset ${name} of ${algorithm.name}, any with the preset default`;
    throw new ConfigError({ field: "env", given: env, allowed, nearest: nearest(env, known) });
  }
  return { ...preset, ...own, options: { ...preset.options, ...own?.options } };
}

function checkedPreset({ presets }: Algorithm, name: string): Preset {
  if (typeof name === "string" && Object.hasOwn(presets, name)) return presets[name];
  const names = Object.keys(presets);
  const allowed = `one of ${names.join(", ")}`;
  throw new ConfigError({ field: "preset", given: name, allowed, nearest: nearest(name, names) });
}

/** The options that were given a value: an `undefined` must not hide what the preset says. */
function given(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ConfigError({ field: "options", given: options, allowed: "an object of options by name" });
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
