import type { Schema } from "../options.js";
import { flagName, flagText } from "./flag-text.js";

/** Flags for the values that are not the usual ones: those of the preset, or else the defaults of the schema. */
export function differingFlags(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  preset: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const usual = Object.hasOwn(preset, name) ? preset[name] : schema[name].default;
    if (JSON.stringify(value) === JSON.stringify(usual)) return [];
    return [flagText(prefix + flagName(name), value)];
  });
}
