/** Reads objects of a file strictly: what is not understood is an error. */

import { ConfigError, nearest, show } from "../../errors.js";

/** The values that a field may have, or what it has to be in words. A field that is not there is undefined. */
type Rule = readonly unknown[] | { readonly allowed: string; readonly accepts: (value: unknown) => boolean };

export type Fields = Readonly<Record<string, unknown>>;

export const ANYTHING: Rule = { allowed: "anything", accepts: () => true };
export const OBJECT: Rule = { allowed: "an object", accepts: isObject };
export const LIST: Rule = { allowed: "a list", accepts: Array.isArray };
export const TEXT: Rule = { allowed: "a text", accepts: (value) => typeof value === "string" };
/** No value, or a null in its place. */
export const NONE: Rule = [null, undefined];

/**
 * The object, if it has only the fields of `rules` and each holds what its rule allows.
 *
 * @throws ConfigError naming the field by its path
 */
export function strictFields<Name extends string>(
  given: unknown,
  path: string,
  rules: Readonly<Record<Name, Rule>>,
): Readonly<Record<Name, unknown>> {
  if (!isObject(given)) throw new ConfigError({ field: path || "tokenizer.json", given, allowed: "an object" });
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const known = Object.keys(rules);
  for (const [name, value] of Object.entries(given)) {
    if (Object.hasOwn(rules, name)) continue;
    const allowed = `no such field, only ${known.join(", ")}: it could not be honoured`;
    throw new ConfigError({ field: at(name), given: value, allowed, nearest: nearest(name, known) });
  }
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if ("accepts" in rule ? rule.accepts(value) : rule.includes(value)) continue;
    throw new ConfigError({ field: at(name), given: value, allowed: "accepts" in rule ? rule.allowed : oneOf(rule) });
  }
  return given as Readonly<Record<Name, unknown>>;
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => (value === undefined ? "no such field" : show(value))).join(" or ");
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
