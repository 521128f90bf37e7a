import { ConfigError } from "../errors.js";
import type { Space } from "./space.js";

/** Values by name. */
type Named = Readonly<Record<string, unknown>>;

/** A value from each of several spaces, by name. */
export interface Dict<T extends Named = Named> extends Space<T> {
  readonly kind: "dict";
  readonly spaces: { readonly [K in keyof T]: Space<T[K]> };
  /** The names in the order of sampling and flattening: sorted, as Gymnasium does it, however they were written. */
  readonly names: readonly string[];
}

/**
 * `dict({ position: box({ low: 0, high: 9, shape: [2] }), lamp: discrete(2) })`, whose values are objects such as
 * `{ position: Float32Array.of(1, 2), lamp: 0 }`.
 * All parts draw from one generator, in the order of the names; Gymnasium gives each part a generator of its own.
 *
 * @throws ConfigError if there is no space
 */
export function dict<const T extends Named>(spaces: { readonly [K in keyof T]: Space<T[K]> }): Dict<T> {
  const parts: Readonly<Record<string, Space<unknown>>> = { ...spaces };
  const names = Object.keys(parts).sort();
  if (names.length === 0) throw new ConfigError({ field: "dict.spaces", given: {}, allowed: "at least one space" });
  return {
    kind: "dict",
    shape: [names.length],
    spaces,
    names,
    sample: (rng) => Object.fromEntries(names.map((name) => [name, parts[name].sample(rng)])) as T,
    contains: (value): value is T => hasNames(value, names) && names.every((name) => parts[name].contains(value[name])),
    toString: () => `Dict(${names.map((name) => `${name}: ${parts[name]}`).join(", ")})`,
  };
}

/** Whether a value is an object with these names and no others. */
export function hasNames(value: unknown, names: readonly string[]): value is Named {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name))
  );
}
