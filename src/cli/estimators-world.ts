/** The world and the policy that `ascent estimators` is asked for. */

import { listEnvs } from "../envs/registry.js";
import { ConfigError } from "../errors.js";
import type { Estimator } from "../estimators/estimator.js";
import { ESTIMATORS } from "../estimators/estimators.js";
import { type PolicyName, policyFor } from "../estimators/parametrisation.js";
import { type Setting, settingOf } from "../estimators/setting.js";
import { STALE_ESTIMATORS, staleSetting } from "../estimators/stale.js";
import { LIMIT_ESTIMATORS, withTimeLimit } from "../estimators/time-limit.js";
import { WORLD_NAMES, WORLD_OPTIONS, worldNamed } from "../estimators/world-options.js";
import { int, optional, real, type Schema } from "../options.js";
import { asFlags, knownName, namingFields, valuesOf } from "./arguments.js";

/** Flags that change the setting: `--gamma`, `--time-limit`, `--stale`. */
export const settingOptions = {
  gamma: optional(
    real(0.9, { min: 0, max: 1, help: "discount factor; by default the world's own, 0.99 for environments" }),
  ),
  timeLimit: optional(int(5, { min: 1, max: 1000, help: "cut episodes after so many steps" })),
  stale: optional(
    real(0.5, {
      min: -20,
      max: 20,
      help: "draw batches from a policy whose logits of the first action are so much larger",
    }),
  ),
};

/** `--world.steps` and the like. */
const worldSchema: Schema = Object.fromEntries(
  Object.entries(WORLD_OPTIONS).map(([name, option]) => [`world.${name}`, optional(option)]),
);
export const worldFlags = asFlags(worldSchema);

/** What was typed for the setting. */
interface Typed {
  readonly policy: PolicyName;
  readonly gamma: number | undefined;
  readonly timeLimit: number | undefined;
  readonly stale: number | undefined;
}

/** The options of the world that were typed, by name. */
export function typedWorldOptions(values: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  const typed = Object.entries(valuesOf(values, worldSchema)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(typed.map(([name, value]) => [name.slice("world.".length), value]));
}

/** The policy in its world. @throws UsageError for an unknown world @throws ConfigError for what this world doesn't have */
export function chosenSetting(name: string, given: Readonly<Record<string, unknown>>, typed: Typed): Setting {
  if (!listEnvs().some(({ id }) => id === name)) {
    knownName("world", name, WORLD_NAMES, ", or an environment with a table, such as FrozenLake-v1");
  }
  const own = withFlagNames(() => worldNamed(name, given));
  const world = typed.gamma === undefined ? own : { ...own, gamma: typed.gamma };
  const setting = withFlagNames(() => settingOf(world, policyFor(world, typed.policy)));
  const { timeLimit, stale } = typed;
  if (timeLimit !== undefined && stale !== undefined)
    throw new ConfigError({ field: "--stale", given: stale, allowed: "without --time-limit" });
  if (timeLimit !== undefined) return withTimeLimit(setting, timeLimit);
  return stale === undefined ? setting : staleSetting(setting, stale);
}

/** Errors that name flags. The world itself is a word. */
export function withFlagNames<T>(run: () => T): T {
  return namingFields((field) => (field === "world" ? field : `--${field}`), run);
}

/** The estimators of a list of names, from those that make sense in the setting. @throws UsageError for an unknown one */
export function chosenEstimators(list: string, { world, acting }: Setting): readonly Estimator[] {
  const known = [
    ...(acting === undefined ? ESTIMATORS : STALE_ESTIMATORS),
    ...(world.timeLimit === undefined ? [] : LIMIT_ESTIMATORS),
  ];
  if (list === "all") return known;
  const names = known.map(({ name }) => name);
  return list.split(",").map((typed) => known[names.indexOf(knownName("estimator", typed, names))]);
}
