/** A space as JSON, for the reader of a file who has neither this library nor the environment. */

import { shortFloat32 } from "../spaces/box.js";
import type { Box, Discrete, MultiBinary, MultiDiscrete, Space, Tuple } from "../spaces/index.js";

/** Bounds of a box are the shortest decimals that read back as the same float32; null where there is none. */
export type SpaceDescription =
  | { readonly kind: "discrete"; readonly n: number; readonly start: number }
  | {
      readonly kind: "box";
      readonly shape: readonly number[];
      readonly low: readonly (number | null)[];
      readonly high: readonly (number | null)[];
    }
  | { readonly kind: "multi-discrete"; readonly nvec: readonly number[]; readonly start: readonly number[] }
  | { readonly kind: "multi-binary"; readonly n: number }
  | { readonly kind: "tuple"; readonly spaces: readonly SpaceDescription[] };

export function describeSpace(space: Space<unknown>): SpaceDescription {
  const known = space as Discrete | Box | MultiDiscrete | MultiBinary | Tuple;
  switch (known.kind) {
    case "discrete":
      return { kind: "discrete", n: known.n, start: known.start };
    case "box":
      return { kind: "box", shape: known.shape, low: bounds(known.low), high: bounds(known.high) };
    case "multi-discrete":
      return { kind: "multi-discrete", nvec: known.nvec, start: known.start };
    case "multi-binary":
      return { kind: "multi-binary", n: known.n };
    case "tuple":
      return { kind: "tuple", spaces: (known.spaces as readonly Space<unknown>[]).map(describeSpace) };
  }
}

function bounds(values: Float32Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? Number(shortFloat32(value)) : null));
}
