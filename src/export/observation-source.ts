/**
 * JavaScript that writes an observation as the network's features, with the layout of `flattenInto`: statements for the one
 * space at hand, so that the exported file has no space library in it.
 */

import type { SpaceDescription } from "../spaces/describe-space.js";

/** The statements that fill `features`, from element 0 on. */
export function flattenSource(space: SpaceDescription): string {
  return statements(space, "observation", 0)
    .map((line) => `  ${line}`)
    .join("\n");
}

/** What a caller passes, as a JSDoc type. */
export function observationType(space: SpaceDescription): string {
  switch (space.kind) {
    case "discrete":
      return "number";
    case "box":
    case "multi-binary":
    case "multi-discrete":
      return "ArrayLike<number>";
    case "tuple":
      return `readonly [${space.spaces.map(observationType).join(", ")}]`;
  }
}

/** Those of the functions below that the statements call. */
export function flattenFunctions(space: SpaceDescription): string[] {
  const kinds = new Set(kindsIn(space));
  return [
    ...(kinds.has("discrete") || kinds.has("multi-discrete") ? [ONE_HOT] : []),
    ...(kinds.size === 1 && kinds.has("discrete") ? [] : [EXPECT_LENGTH]),
  ];
}

function statements(space: SpaceDescription, value: string, at: number): string[] {
  const checked = (length: number): string => `expectLength(${value}, ${length}, "${value}");`;
  const oneHot = (element: string, n: number, start: number, place: number): string =>
    `oneHot(${element}, ${n}, ${start}, ${place}, "${element}");`;
  switch (space.kind) {
    case "discrete":
      return [oneHot(value, space.n, space.start, at)];
    case "box":
    case "multi-binary":
      return [checked(sizeOf(space)), `features.set(${value}, ${at});`];
    case "multi-discrete":
      return [
        checked(space.nvec.length),
        ...space.nvec.map((n, i) => oneHot(`${value}[${i}]`, n, space.start[i], at + sum(space.nvec.slice(0, i)))),
      ];
    case "tuple":
      return [
        checked(space.spaces.length),
        ...space.spaces.flatMap((part, i) =>
          statements(part, `${value}[${i}]`, at + sum(space.spaces.slice(0, i).map(sizeOf))),
        ),
      ];
  }
}

function kindsIn(space: SpaceDescription): SpaceDescription["kind"][] {
  return space.kind === "tuple" ? [space.kind, ...space.spaces.flatMap(kindsIn)] : [space.kind];
}

function sizeOf(space: SpaceDescription): number {
  switch (space.kind) {
    case "discrete":
    case "multi-binary":
      return space.n;
    case "box":
      return space.low.length;
    case "multi-discrete":
      return sum(space.nvec);
    case "tuple":
      return sum(space.spaces.map(sizeOf));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const ONE_HOT = `
/** A choice among n as n numbers, 1 at the choice and 0 elsewhere. */
function oneHot(value, n, start, at, name) {
  const place = value - start;
  if (!Number.isInteger(place) || place < 0 || place >= n)
    throw new TypeError(name + ": got " + value + ", allowed is a whole number from " + start + " to " + (start + n - 1));
  features.fill(0, at, at + n);
  features[at + place] = 1;
}`;

const EXPECT_LENGTH = `
function expectLength(value, length, name) {
  if (value?.length !== length)
    throw new TypeError(name + ": got " + (value?.length ?? typeof value) + ", allowed is an array of " + length);
}`;
