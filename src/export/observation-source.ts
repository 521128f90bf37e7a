/**
 * The JavaScript source that writes an observation as the network's inputs, with the layout of `flattenInto`. It
 * consists of statements for one given space, so the exported file needs no code for other spaces.
 */

import type { SpaceDescription } from "../spaces/index.js";

/** The statements that fill `features` from element 0. */
export function flattenSource(space: SpaceDescription): string {
  return statements(space, "observation", 0)
    .map((line) => `  ${line}`)
    .join("\n");
}

/** The JSDoc type of the argument. */
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
    case "dict":
      return `{ ${partsOf(space)
        .map(([name, part]) => `readonly ${quoted(name)}: ${observationType(part)}`)
        .join("; ")} }`;
  }
}

/** The functions below that the statements call. */
export function flattenFunctions(space: SpaceDescription): string[] {
  const kinds = new Set(kindsIn(space));
  return [
    ...(kinds.has("discrete") || kinds.has("multi-discrete") ? [ONE_HOT] : []),
    ...([...kinds].some((kind) => kind !== "discrete" && kind !== "dict") ? [EXPECT_LENGTH] : []),
    ...(kinds.has("dict") ? [EXPECT_NAMES] : []),
  ];
}

function statements(space: SpaceDescription, value: string, at: number): string[] {
  const checked = (length: number): string => `expectLength(${value}, ${length}, ${quoted(value)});`;
  const oneHot = (element: string, n: number, start: number, place: number): string =>
    `oneHot(${element}, ${n}, ${start}, ${place}, ${quoted(element)});`;
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
    case "dict": {
      const parts = partsOf(space);
      const names = parts.map(([name]) => quoted(name)).join(", ");
      return [
        `expectNames(${value}, [${names}], ${quoted(value)});`,
        ...parts.flatMap(([name, part], i) =>
          statements(
            part,
            `${value}[${quoted(name)}]`,
            at + sum(parts.slice(0, i).map(([, before]) => sizeOf(before))),
          ),
        ),
      ];
    }
  }
}

function kindsIn(space: SpaceDescription): SpaceDescription["kind"][] {
  if (space.kind === "tuple") return [space.kind, ...space.spaces.flatMap(kindsIn)];
  if (space.kind === "dict") return [space.kind, ...partsOf(space).flatMap(([, part]) => kindsIn(part))];
  return [space.kind];
}

/** The parts of a Dict in the order of its sorted names. */
function partsOf({ spaces }: Extract<SpaceDescription, { kind: "dict" }>): [string, SpaceDescription][] {
  return Object.keys(spaces)
    .sort()
    .map((name) => [name, spaces[name]]);
}

/** A text as a literal, also inside a comment. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("*/", "*\\/");
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
    case "dict":
      return sum(partsOf(space).map(([, part]) => sizeOf(part)));
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

const EXPECT_NAMES = `
function expectNames(value, names, name) {
  const given = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (given.length !== names.length || !names.every((one) => given.includes(one)))
    throw new TypeError(name + ": got " + (given.join(", ") || typeof value) + ", allowed is an object with " + names.join(", "));
}`;
