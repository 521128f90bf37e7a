/** A tuned point as something to paste. */

import { envEntry } from "../../envs/registry.js";
import { thousands } from "../../training/thousands.js";
import type { NamedConfig } from "../../training/types.js";
import type { Settings } from "../sweep-config.js";
import { configOf, type Study } from "./study.js";

/** The config of a point for `train`: its options are those that differ from the ones without tuning, and those that were set. */
export function tunedConfig(study: Study, settings: Settings): NamedConfig {
  const { algorithm, env, envOptions, preset, episodes, steps, stopWhenSolved } = configOf(study, settings);
  const usual = env === null ? {} : envEntry(env).options;
  const own = Object.entries(envOptions).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]?.default),
  );
  const differing = Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(study.base.options[name]),
  );
  return {
    algorithm,
    env: env ?? undefined,
    ...(own.length === 0 ? {} : { envOptions: Object.fromEntries(own) }),
    ...(preset === "default" ? {} : { preset }),
    ...(episodes === null ? {} : { episodes }),
    ...(steps === null ? {} : { steps }),
    stopWhenSolved,
    options: { ...study.set, ...Object.fromEntries(differing) },
  };
}

/** The same as a call of `train`, in TypeScript. */
export function trainCall(config: NamedConfig): string {
  const { options = {}, ...run } = config;
  const field = ([name, value]: [string, unknown]): string => `${name}: ${literal(value)}`;
  const lines = Object.entries(options).map((entry) => `    ${field(entry)},\n`);
  return `train({\n${Object.entries(run)
    .map((entry) => `  ${field(entry)},\n`)
    .join("")}  options: {\n${lines.join("")}  },\n});`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= 10_000) return thousands(value, "_");
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${literal(inner)}`);
  return `{ ${fields.join(", ")} }`;
}
