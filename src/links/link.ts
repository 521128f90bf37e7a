/**
 * A run as a link: the part after `#` holds what differs from the preset, readable and editable by hand, and the digest of all
 * settings. `algorithm=ppo&env=CartPole-v1&seed=3&learningRate=0.001&config=5f0c…` trains to the same bits wherever it is
 * opened, as long as the digest is the same.
 */

import { algorithmEntry } from "../algorithms/registry.js";
import { envEntry } from "../envs/registry.js";
import { ConfigError, unknownOption } from "../errors.js";
import { digestOf } from "../formats/digest.js";
import { parseValue, type Schema, typedValue } from "../options.js";
import { differingValues } from "../report/differing-values.js";
import { registerBuiltIns } from "../training/built-ins.js";
import { presetFor, resolveConfig } from "../training/config.js";
import { runOptions } from "../training/run-options.js";
import type { NamedConfig, ResolvedConfig } from "../training/types.js";

/** What a link says. */
export interface LinkedRun {
  /** For `trainNamed`. */
  readonly config: NamedConfig;
  /** The digest that the settings had when the link was made. Undefined in a link that was written by hand. */
  readonly digest: string | undefined;
  /** Whether all settings are still those of the digest; false after a preset or a default has changed. */
  readonly same: boolean;
}

/** Options of an environment begin with this. */
const ENV = "env.";

/** The digest of all settings of a run: 16 hexadecimal digits. */
export function configDigest(config: ResolvedConfig): string {
  return digestOf(config);
}

/**
 * The settings of a run that differ from its preset, as `name=value&…`, and their digest. The order is that of the schemas.
 *
 * @throws ConfigError for a run that its settings alone don't describe: its environment or layers were made by a function, or
 * it started from other weights
 */
export function linkOf(config: ResolvedConfig): string {
  registerBuiltIns();
  const { algorithm, env, preset, seed, episodes, steps, stopWhenSolved } = requireLinkable(config);
  const own = algorithmEntry(algorithm);
  const usual = presetFor(own, preset, env);
  const usualBudget = episodes === (usual.episodes ?? null) && steps === (usual.steps ?? null);
  const entries: [string, string][] = [
    ["algorithm", algorithm],
    ["env", env],
    ...(preset === "default" ? [] : [["preset", preset] as [string, string]]),
    ["seed", seed],
    ...(usualBudget ? [] : Object.entries({ episodes, steps }))
      .filter(([, value]) => value !== null)
      .map(([name, value]): [string, string] => [name, String(value)]),
    ...(stopWhenSolved === usual.stopWhenSolved
      ? []
      : [["stopWhenSolved", String(stopWhenSolved)] as [string, string]]),
    ...differingValues(config.options, own.options, usual.options).map(typed("")),
    ...differingValues(config.envOptions, envEntry(env).options, {}).map(typed(ENV)),
    ["config", configDigest(config)],
  ];
  return entries.map(([name, text]) => `${name}=${encoded(text)}`).join("&");
}

/**
 * Reads a link, with or without `#`.
 *
 * @throws ConfigError naming the setting, for one that is unknown, given twice or out of range
 */
export function readLink(link: string): LinkedRun {
  registerBuiltIns();
  const given = entriesOf(link);
  const take = (name: string): string | undefined => {
    const text = given.get(name);
    given.delete(name);
    return text;
  };
  const digest = take("config");
  const algorithm = take("algorithm") ?? "reinforce";
  const env = take("env") ?? "CartPole-v1";
  const own = algorithmEntry(algorithm).options;
  const run: Schema = runOptions(algorithmEntry(algorithm));
  const ofEnv = envEntry(env).options;
  const settings: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  const envOptions: Record<string, unknown> = {};
  for (const [name, text] of given) {
    const envName = name.startsWith(ENV) ? name.slice(ENV.length) : undefined;
    if (envName !== undefined && Object.hasOwn(ofEnv, envName)) envOptions[envName] = parseValue(ofEnv[envName], text);
    else if (Object.hasOwn(run, name)) settings[name] = parseValue(run[name], text);
    else if (Object.hasOwn(own, name)) options[name] = parseValue(own[name], text);
    else {
      const known = [
        "algorithm",
        "env",
        ...Object.keys(run),
        ...Object.keys(own),
        ...Object.keys(ofEnv).map((k) => ENV + k),
      ];
      throw unknownOption(name, text, known, name);
    }
  }
  const config: NamedConfig = { ...settings, algorithm, env, options, envOptions };
  const resolved = resolveConfig(config);
  return { config, digest, same: digest === undefined || digest === configDigest(resolved) };
}

function entriesOf(link: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const [name, text] of new URLSearchParams(link.replace(/^#/, ""))) {
    if (entries.has(name))
      throw new ConfigError({ field: name, given: text, allowed: "one value: the link has it twice" });
    entries.set(name, text);
  }
  return entries;
}

function requireLinkable(config: ResolvedConfig): ResolvedConfig & { readonly env: string } {
  const { env, from, ownFeatures } = config;
  const refuse = (field: string, given: unknown, allowed: string): never => {
    throw new ConfigError({ field, given, allowed });
  };
  if (env === null) return refuse("env", "a function", "a registered environment: a link holds names, no code");
  if (from !== null) return refuse("from", from, "nothing: a link holds settings, no weights");
  if (ownFeatures) return refuse("features", "a function", "nothing: a link holds names, no code");
  return { ...config, env };
}

/** An option as its entry in a link. */
const typed =
  (prefix: string) =>
  ([name, value]: readonly [string, unknown]): [string, string] => [prefix + name, typedValue(value)];

/** Only what would be read as something else is escaped, so that the link can be read and edited. */
function encoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+");
}
