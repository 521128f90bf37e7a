import { ConfigError } from "../errors.js";
import type { Space } from "./space.js";

/** One value from each of several spaces, in order. */
export interface Tuple<T extends readonly unknown[] = readonly unknown[]> extends Space<T> {
  readonly kind: "tuple";
  readonly spaces: { readonly [K in keyof T]: Space<T[K]> };
}

/**
 * `tuple([discrete(32), discrete(11), discrete(2)])`, such as the hands of Blackjack.
 * All parts draw from one generator, in order; Gymnasium gives each part a generator of its own.
 *
 * @throws ConfigError if there is no space
 */
export function tuple<const T extends readonly unknown[]>(
  spaces: {
    readonly [K in keyof T]: Space<T[K]>;
  },
): Tuple<T> {
  const parts = spaces as readonly Space<unknown>[];
  if (parts.length === 0) throw new ConfigError({ field: "tuple.spaces", given: [], allowed: "at least one space" });
  return {
    kind: "tuple",
    shape: [parts.length],
    spaces,
    sample: (rng) => parts.map((space) => space.sample(rng)) as unknown as T,
    contains: (value): value is T =>
      Array.isArray(value) && value.length === parts.length && parts.every((space, i) => space.contains(value[i])),
    toString: () => `Tuple(${parts.join(", ")})`,
  };
}
