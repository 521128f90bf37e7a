/** Converts a space to JSON and back, for files that describe a policy's observations and actions. */

import { box, shortFloat32 } from "./box.js";
import type { BuiltInSpace } from "./built-in.js";
import { dict } from "./dict.js";
import { discrete } from "./discrete.js";
import { multiBinary } from "./multi-binary.js";
import { multiDiscrete } from "./multi-discrete.js";
import type { Space } from "./space.js";
import { tuple } from "./tuple.js";

/**
 * The bounds of a box are the shortest decimals that read back as the same float32, or null for an infinite bound. A
 * MultiBinary has a `shape` if it has several dimensions; `n` is the product of their lengths.
 */
export type SpaceDescription =
  | { readonly kind: "discrete"; readonly n: number; readonly start: number }
  | {
      readonly kind: "box";
      readonly shape: readonly number[];
      readonly low: readonly (number | null)[];
      readonly high: readonly (number | null)[];
    }
  | { readonly kind: "multi-discrete"; readonly nvec: readonly number[]; readonly start: readonly number[] }
  | { readonly kind: "multi-binary"; readonly n: number; readonly shape?: readonly number[] }
  | { readonly kind: "tuple"; readonly spaces: readonly SpaceDescription[] }
  | { readonly kind: "dict"; readonly spaces: Readonly<Record<string, SpaceDescription>> };

/** Describes a space as JSON. */
export function describeSpace(space: Space<unknown>): SpaceDescription {
  const known = space as BuiltInSpace;
  switch (known.kind) {
    case "discrete":
      return { kind: "discrete", n: known.n, start: known.start };
    case "box":
      return { kind: "box", shape: known.shape, low: bounds(known.low), high: bounds(known.high) };
    case "multi-discrete":
      return { kind: "multi-discrete", nvec: known.nvec, start: known.start };
    case "multi-binary":
      return { kind: "multi-binary", n: known.n, ...(known.shape.length > 1 && { shape: known.shape }) };
    case "tuple":
      return { kind: "tuple", spaces: (known.spaces as readonly Space<unknown>[]).map(describeSpace) };
    case "dict": {
      const described = known.names.map((name) => [name, describeSpace(known.spaces[name])]);
      return { kind: "dict", spaces: Object.fromEntries(described) };
    }
  }
}

/** Makes the space that `describeSpace` described. @throws ConfigError for an invalid number */
export function spaceFrom(description: SpaceDescription): Space<unknown> {
  switch (description.kind) {
    case "discrete":
      return discrete(description.n, { start: description.start });
    case "box": {
      const low = description.low.map((bound) => bound ?? -Infinity);
      const high = description.high.map((bound) => bound ?? Infinity);
      return box({ low, high, shape: description.shape });
    }
    case "multi-discrete":
      return multiDiscrete(description.nvec, { start: description.start });
    case "multi-binary":
      return multiBinary(description.shape ?? description.n);
    case "tuple":
      return tuple(description.spaces.map(spaceFrom));
    case "dict":
      return dict(
        Object.fromEntries(Object.entries(description.spaces).map(([name, part]) => [name, spaceFrom(part)])),
      );
  }
}

function bounds(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(shortFloat32(value)) : null));
}
