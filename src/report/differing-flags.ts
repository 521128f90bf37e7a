import type { Schema } from "../options.js";
import { differingValues } from "./differing-values.js";
import { flagName, flagText } from "./flag-text.js";

/** Flags for the values that are not the usual ones: those of the preset, or else the defaults of the schema. */
export function differingFlags(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  preset: Readonly<Record<string, unknown>>,
  prefix: string,
): string[] {
  return differingValues(values, schema, preset).map(([name, value]) => flagText(prefix + flagName(name), value));
}
