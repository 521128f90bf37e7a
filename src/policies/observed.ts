/** Checks the observations that `act` is given. Those of environments in training are checked by a guard. */

import { ConfigError } from "../errors.js";
import { hasNames } from "../spaces/dict.js";
import { type Dict, flatSize, flattenInto, type Space, type Tuple } from "../spaces/index.js";

/**
 * Writes an observation as network inputs, from `out[at]` on.
 *
 * @throws ConfigError unless it is a value of the space with finite numbers. Any array of numbers may stand for a typed
 * one, and numbers may exceed the bounds of a `Box`.
 */
export function writeObservation(space: Space<unknown>, observation: unknown, out: Float32Array, at: number): void {
  if (space.kind === "box" && observation instanceof Float32Array && observation.length === flatSize(space)) {
    // The usual form, in one pass: x - x is 0 only for a finite x.
    let off = 0;
    for (let j = 0; j < observation.length; j++) {
      const x = observation[j];
      out[at + j] = x;
      off += x - x;
    }
    if (off === 0) return;
  }
  check(space, observation, "observation");
  flattenInto(space, observation, out, at);
}

function check(space: Space<unknown>, value: unknown, field: string): void {
  switch (space.kind) {
    case "discrete":
      if (!space.contains(value)) refuse(field, value, `a value of ${space}`);
      return;
    case "box":
      each(value, flatSize(space), field, "finite numbers", (x) => Number.isFinite(Math.fround(x)));
      return;
    case "multi-binary":
      each(value, flatSize(space), field, "zeros and ones", (x) => x === 0 || x === 1);
      return;
    case "multi-discrete":
      each(value, space.shape[0], field, "whole numbers", Number.isInteger);
      return;
    case "tuple": {
      const { spaces } = space as Tuple;
      if (!Array.isArray(value) || value.length !== spaces.length) refuse(field, value, `an array of ${spaces.length}`);
      else for (let i = 0; i < spaces.length; i++) check(spaces[i], value[i], `${field}[${i}]`);
      return;
    }
    case "dict": {
      const { spaces, names } = space as Dict;
      if (!hasNames(value, names)) refuse(field, value, `an object with ${names.join(", ")}`);
      else for (const name of names) check(spaces[name], value[name], `${field}.${name}`);
    }
  }
}

function each(value: unknown, length: number, field: string, what: string, fits: (x: number) => boolean): void {
  const isArray = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  const list = value as ArrayLike<unknown>;
  if (!isArray || list.length !== length) refuse(field, value, `an array of ${length} ${what}`);
  for (let j = 0; j < length; j++) {
    const x = list[j];
    if (typeof x !== "number" || !fits(x)) refuse(`${field}[${j}]`, x, `one of ${length} ${what}`);
  }
}

function refuse(field: string, given: unknown, allowed: string): never {
  throw new ConfigError({ field, given, allowed });
}
