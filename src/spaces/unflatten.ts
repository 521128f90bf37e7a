import { ConfigError } from "../errors.js";
import type { BuiltInSpace } from "./built-in.js";
import { flatSize } from "./flatten.js";
import type { Space } from "./space.js";

/**
 * The value that `flatten` wrote as a row of network inputs, as Gymnasium's `unflatten` reads it back: of the numbers for
 * a choice, the first that is not 0 is the chosen one.
 *
 * @throws ConfigError if the row has another length, or a choice has only zeros
 */
export function unflatten<T>(space: Space<T>, row: ArrayLike<number>): T {
  const size = flatSize(space);
  if (row?.length !== size) throw new ConfigError({ field: "row", given: row, allowed: `an array of ${size}` });
  return read(space, Float32Array.from(row)) as T;
}

function read(space: Space<unknown>, row: Float32Array): unknown {
  const known = space as BuiltInSpace;
  let place = 0;
  const next = (part: Space<unknown>): unknown => {
    const from = place;
    place += flatSize(part);
    return read(part, row.subarray(from, place));
  };
  switch (known.kind) {
    case "discrete":
      return known.start + chosen(row);
    case "box":
      return row.slice();
    case "multi-binary":
      return Int8Array.from(row);
    case "multi-discrete":
      return Int32Array.from(known.nvec, (n, i) => {
        place += n;
        return known.start[i] + chosen(row.subarray(place - n, place));
      });
    case "tuple":
      return known.spaces.map(next);
    case "dict":
      return Object.fromEntries(known.names.map((name) => [name, next(known.spaces[name])]));
  }
}

function chosen(row: Float32Array): number {
  const place = row.findIndex((element) => element !== 0);
  if (place >= 0) return place;
  throw new ConfigError({ field: "row", given: row, allowed: "a number other than 0 at the chosen place" });
}
