import { ConfigError } from "../errors.js";
import type { BuiltInSpace } from "./built-in.js";
import { hasNames } from "./dict.js";
import type { Space } from "./space.js";

/** The number of network inputs that `flattenInto` writes for a value of this space. */
export function flatSize(space: Space<unknown>): number {
  const known = space as BuiltInSpace;
  switch (known.kind) {
    case "discrete":
      return known.n;
    case "box":
      return known.low.length;
    case "multi-discrete":
      return known.nvec.reduce((sum, n) => sum + n, 0);
    case "multi-binary":
      return known.n;
    case "tuple":
      return known.spaces.reduce((sum: number, part) => sum + flatSize(part), 0);
    case "dict":
      return known.names.reduce((sum, name) => sum + flatSize(known.spaces[name]), 0);
  }
}

/**
 * Writes a value as network inputs, starting at `out[at]`: a `Box` as it is, a choice among `n` as a one-hot row of
 * `n`, a tuple part by part, and a dict part by part in the order of its sorted names. The layout is that of Gymnasium's
 * `flatten`.
 *
 * @throws ConfigError if the value does not fit the space
 */
export function flattenInto(space: Space<unknown>, value: unknown, out: Float32Array, at = 0): void {
  const known = space as BuiltInSpace;
  switch (known.kind) {
    case "discrete":
      oneHot(value as number, known.start, known.n, out, at);
      return;
    case "box":
    case "multi-binary":
      fitting(value as ArrayLike<number>, flatSize(space));
      out.set(value as ArrayLike<number>, at);
      return;
    case "multi-discrete": {
      fitting(value as ArrayLike<number>, known.nvec.length);
      let place = at;
      known.nvec.forEach((n, i) => {
        oneHot((value as Int32Array)[i], known.start[i], n, out, place);
        place += n;
      });
      return;
    }
    case "tuple": {
      fitting(value as readonly unknown[], known.spaces.length);
      let place = at;
      known.spaces.forEach((part, i) => {
        flattenInto(part, (value as readonly unknown[])[i], out, place);
        place += flatSize(part);
      });
      return;
    }
    case "dict": {
      if (!hasNames(value, known.names))
        throw new ConfigError({ field: "value", given: value, allowed: `an object with ${known.names.join(", ")}` });
      let place = at;
      for (const name of known.names) {
        flattenInto(known.spaces[name], value[name], out, place);
        place += flatSize(known.spaces[name]);
      }
    }
  }
}

/**
 * A value as network inputs, as `flattenInto` writes them: the one-hot row of a Discrete observation, for one.
 *
 * @throws ConfigError if the value does not fit the space
 */
export function flatten(space: Space<unknown>, value: unknown): Float32Array {
  const row = new Float32Array(flatSize(space));
  flattenInto(space, value, row);
  return row;
}

function oneHot(value: number, start: number, n: number, out: Float32Array, at: number): void {
  const place = value - start;
  if (!Number.isInteger(place) || place < 0 || place >= n)
    throw new ConfigError({
      field: "value",
      given: value,
      allowed: `a whole number from ${start} to ${start + n - 1}`,
    });
  out.fill(0, at, at + n);
  out[at + place] = 1;
}

function fitting(value: ArrayLike<unknown>, length: number): void {
  if (value?.length !== length)
    throw new ConfigError({ field: "value", given: value, allowed: `an array of ${length}` });
}
