import { expect, it } from "vitest";
import { defaultRng } from "../random/generator.js";
import { box, discrete, multiBinary, multiDiscrete, type Space, tuple } from "./index.js";
import { maskReader } from "./mask.js";

function read(space: Space<unknown>, mask: unknown): number[] | string {
  const reader = maskReader(space);
  const out = new Uint8Array(reader?.size ?? 0);
  const fault = reader?.read(mask, out);
  return fault === undefined ? [...out] : `${fault.place}: ${fault.allowed}`;
}

it("zeros and ones, false and true mean the same, in any kind of array", () => {
  for (const mask of [[0, 1, 1], [false, true, true], [0, true, 1], Uint8Array.of(0, 1, 1), Float32Array.of(0, 1, 1)])
    expect(read(discrete(3), mask)).toEqual([0, 1, 1]);
  expect(read(multiDiscrete([2, 1]), [true, 0, 1])).toEqual([1, 0, 1]);
  expect(read(multiBinary(2), [1, 0, true, true])).toEqual([1, 0, 1, 1]);
});

it.each([
  ["a 2", [0, 2, 1]],
  ["NaN", [0, NaN, 1]],
  ["undefined", [0, undefined, 1]],
  ["null", [0, null, 1]],
  ["text", [0, "0", 1]],
  ["a hole", Object.assign(new Array(3), { 0: 0, 2: 1 })],
])("an entry that is neither is named: %s", (_, mask) => {
  expect(read(discrete(3), mask)).toBe("[1]: 0, 1, false or true");
});

it("a wrong number of entries, and what is no array", () => {
  for (const mask of [[1, 1], [1, 1, 1, 1], [], undefined, null, "111", 7])
    expect(read(discrete(3), mask)).toBe(": 3 entries, one an action");
  expect(read(multiBinary(2), [1, 1])).toBe(": 4 entries, off and on of each switch");
});

it("a choice without any allowed action", () => {
  expect(read(discrete(3), [0, false, 0])).toBe(": a 1 for at least one action");
  expect(read(multiDiscrete([2, 2]), [1, 1, 0, 0])).toBe(": a 1 for at least one action of choice 1");
  expect(read(multiBinary(2), [0, 0, 1, 1])).toBe(": a 1 for at least one action of choice 0");
});

it("spaces without choices have no reader", () => {
  expect(maskReader(box({ low: 0, high: 1 }))).toBeUndefined();
  expect(maskReader(tuple([discrete(2)]))).toBeUndefined();
});

it("Discrete.sample takes booleans too", () => {
  const rng = defaultRng(0);
  const drawn = Array.from({ length: 50 }, () => discrete(3).sample(rng, [true, false, true]));
  expect(new Set(drawn)).toEqual(new Set([0, 2]));
});
