/**
 * Settings by one name each, wherever they stand in a config: an option of the algorithm (`learningRate`), an option of the
 * environment (`env.gravity`), or a setting of the run (`algorithm`, `env`, `preset`, `episodes` …).
 */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { type Schema, text } from "../options.js";
import { runOptions } from "../training/run-options.js";
import type { NamedConfig, ResolvedConfig } from "../training/types.js";
import type { Settings } from "./sweep-config.js";

const ENV = "env.";

/** The options of everything that a sweep may vary, by the names of its settings. */
export function variable(algorithms: readonly string[], envs: readonly string[]): Schema {
  const { seed: _, ...run } = runOptions(algorithmEntry(algorithms[0]));
  const ofEnvs = envs.flatMap((id) =>
    Object.entries(envEntry(id).options).map(([name, option]) => [ENV + name, option]),
  );
  return {
    algorithm: text("", { meaning: "the name of an algorithm", help: "" }),
    env: text("", { meaning: "the id of an environment", help: "" }),
    ...run,
    ...Object.fromEntries(ofEnvs),
    ...Object.assign({}, ...algorithms.map((name) => algorithmEntry(name).options)),
  };
}

/** `learning-rate` and `learningRate` are one name, and so are `env.max-episode-steps` and `env.maxEpisodeSteps`. */
export function settingName(typed: string): string {
  return typed.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The config with these settings in their places, instead of those that it has there. */
export function withSettings(config: NamedConfig, settings: Settings): NamedConfig {
  const run: Record<string, unknown> = {};
  const options: Record<string, unknown> = { ...config.options };
  const envOptions: Record<string, unknown> = { ...config.envOptions };
  for (const [name, value] of Object.entries(settings)) {
    if (name.startsWith(ENV)) envOptions[name.slice(ENV.length)] = value;
    else if (OF_RUNS.has(name)) run[name] = value;
    else options[name] = value;
  }
  return { ...config, ...run, options, envOptions };
}

/** The value of a setting in a config; undefined if it has none. */
export function settingIn(config: Omit<ResolvedConfig, "seed">, name: string): unknown {
  if (name.startsWith(ENV)) return config.envOptions[name.slice(ENV.length)];
  const own: Readonly<Record<string, unknown>> = OF_RUNS.has(name) ? { ...config } : config.options;
  return Object.hasOwn(own, name) ? own[name] : undefined;
}

/** The name of the setting that an error about a config is about. */
export function settingOfField(field: string): string {
  return field.replace(/^options\./, "").replace(/^envOptions\./, ENV);
}

const OF_RUNS: ReadonlySet<string> = new Set([
  "algorithm",
  "env",
  "preset",
  "episodes",
  "steps",
  "stopWhenSolved",
  "numerics",
]);
