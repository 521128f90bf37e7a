import { algorithmEntry } from "../algorithms/registry.js";
import { presetFor } from "../training/config.js";
import { requireEnvName } from "../training/env-name.js";
import { envEntry } from "../envs/registry.js";
import type { Schema } from "../options.js";
import type { ResolvedConfig } from "../training/types.js";

/** `learningRate` as it is typed on a command line: `learning-rate`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A value as it is typed: lists with commas, text in quotes where a shell would take it apart. */
function typed(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  const text = String(value);
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that makes a run again, with nothing in it that is so by default. */
export function trainCommand(config: ResolvedConfig, until: number | null): string {
  const { algorithm, preset, seed, episodes, steps, stopWhenSolved } = config;
  const env = requireEnvName(config, "its command");
  const { options } = algorithmEntry(algorithm);
  const usual = presetFor(algorithmEntry(algorithm), preset, env);
  // Whoever names one limit gives up the preset's other one.
  const usualLength = episodes === (usual.episodes ?? null) && steps === (usual.steps ?? null);
  const stop = until ?? (stopWhenSolved === usual.stopWhenSolved ? undefined : stopWhenSolved ? "solved" : "end");
  return [
    `npx ascent train ${algorithm} ${env}`,
    ...(preset === "default" ? [] : [`--preset ${preset}`]),
    `--seed ${seed}`,
    ...(usualLength || episodes === null ? [] : [`--episodes ${episodes}`]),
    ...(usualLength || steps === null ? [] : [`--steps ${steps}`]),
    ...(stop === undefined ? [] : [`--until ${stop}`]),
    ...differing(config.options, options, usual.options, ""),
    ...differing(config.envOptions, envEntry(env).options, {}, "env."),
  ].join(" ");
}

function differing(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  preset: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const usual = Object.hasOwn(preset, name) ? preset[name] : schema[name].default;
    if (JSON.stringify(value) === JSON.stringify(usual)) return [];
    const flag = `--${prefix}${kebab(name)}`;
    if (value === true) return [flag];
    return [value === false ? `${flag}=false` : `${flag} ${typed(value)}`];
  });
}
