/** Conditions of a sweep: settings that are varied only where others have given values. */

import { ConfigError, unknownOption } from "../errors.js";
import type { ResolvedConfig } from "../training/types.js";
import { settingIn } from "./settings.js";
import type { Settings } from "./sweep-config.js";

export type Conditions = Readonly<Record<string, Settings>>;

/** @throws ConfigError if a condition is about a setting that is not varied, or is not made of settings by name */
export function checkConditions(when: Conditions, varied: readonly string[], known: readonly string[]): void {
  for (const [name, conditions] of Object.entries(when)) {
    if (!varied.includes(name)) throw unknownOption(name, conditions, varied, `when.${name}`);
    if (typeof conditions !== "object" || conditions === null || Object.keys(conditions).length === 0)
      throw new ConfigError({ field: `when.${name}`, given: conditions, allowed: 'values by name: { policy: "gru" }' });
    for (const [other, value] of Object.entries(conditions)) {
      if (!known.includes(other)) throw unknownOption(other, value, known, `when.${name}.${other}`);
      if (other === name)
        throw new ConfigError({ field: `when.${name}`, given: conditions, allowed: "values of other settings" });
    }
  }
}

/**
 * The settings of a combination that count: those without a condition, and those whose condition holds in the config that
 * the settings found so far resolve to. So conditions may depend on settings that have conditions themselves.
 */
export function active(
  all: Settings,
  when: Conditions,
  resolve: (settings: Settings) => Omit<ResolvedConfig, "seed">,
): Settings {
  const isFree = ([name]: readonly [string, unknown]): boolean => !Object.hasOwn(when, name);
  let found = Object.fromEntries(Object.entries(all).filter(isFree));
  let waiting = Object.entries(all).filter((entry) => !isFree(entry));
  while (waiting.length > 0) {
    const config = resolve(found);
    const holds = waiting.filter(([name]) => allHold(when[name], config));
    if (holds.length === 0) break;
    found = { ...found, ...Object.fromEntries(holds) };
    waiting = waiting.filter((entry) => !holds.includes(entry));
  }
  // In the order in which they were given.
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(found, name)));
}

function allHold(conditions: Settings, config: Omit<ResolvedConfig, "seed">): boolean {
  return Object.entries(conditions).every(([name, wanted]) => {
    const value = JSON.stringify(settingIn(config, name));
    const choices: readonly unknown[] = Array.isArray(wanted) ? [wanted, ...wanted] : [wanted];
    return choices.some((choice) => JSON.stringify(choice) === value);
  });
}
