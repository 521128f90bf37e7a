import type { Schema } from "../options.js";

/** The values that are not the usual ones, by name: those of the preset, or else the defaults of the schema. */
export function differingValues(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  preset: Readonly<Record<string, unknown>>,
): [name: string, value: unknown][] {
  return Object.entries(values).filter(([name, value]) => {
    const usual = Object.hasOwn(preset, name) ? preset[name] : schema[name].default;
    return JSON.stringify(value) !== JSON.stringify(usual);
  });
}
