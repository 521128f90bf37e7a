import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpack } from "../../test/golden-arrays.js";
import { defaultRng } from "../random/generator.js";
import {
  box,
  dict,
  discrete,
  flatSize,
  flatten,
  flattenInto,
  multiBinary,
  multiDiscrete,
  type Space,
  tuple,
  unflatten,
} from "./index.js";

const golden = JSON.parse(readFileSync(new URL("../../test/golden/spaces.json", import.meta.url), "utf8"));

function samples<T>(space: Space<T>, count = 50): T[] {
  const rng = defaultRng(42);
  return Array.from({ length: count }, () => space.sample(rng));
}

describe("samples are Gymnasium's for the same seed", () => {
  it("of Discrete, from 0, from -1, and with 2^40 values", () => {
    expect(samples(discrete(5))).toEqual(golden.discrete);
    expect(samples(discrete(3, { start: -1 }))).toEqual(golden.discreteStart);
    expect(samples(discrete(2 ** 40))).toEqual(golden.discreteLarge);
  });
  it("of Discrete with a mask; a mask without any 1 gives the first value", () => {
    const five = discrete(5, { start: 2 });
    const masks = [
      [1, 0, 1, 1, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 0],
    ];
    const rng = defaultRng(42);
    expect(Array.from({ length: 50 }, (_, i) => five.sample(rng, masks[i % 3]))).toEqual(golden.discreteMasked);
  });
  it("of Box, bounded, unbounded and half-bounded elements mixed", () => {
    const space = box({ low: [-1, -Infinity, 0, -4], high: [1, Infinity, 0.5, 3] });
    expect(samples(space).flatMap((row) => [...row])).toEqual(Array.from(unpack(golden.box).f32));
    const half = box({ low: [-Infinity, 1, -Infinity, 0], high: [2, Infinity, Infinity, 1] });
    expect(samples(half).flatMap((row) => [...row])).toEqual(Array.from(unpack(golden.halfBox).f32));
  });
  it("of MultiDiscrete and MultiBinary", () => {
    const rows = (space: Space<ArrayLike<number>>) => samples(space, 20).map((row) => Array.from(row));
    expect(rows(multiDiscrete([5, 2, 7], { start: [0, 3, -2] }))).toEqual(golden.multiDiscrete);
    expect(rows(multiBinary(11))).toEqual(golden.multiBinary);
    // Gymnasium draws all elements in row-major order, whatever the shape.
    expect(rows(multiBinary([11, 1]))).toEqual(golden.multiBinary);
  });
});

describe("contains", () => {
  it("takes whole numbers in range for Discrete", () => {
    const space = discrete(3, { start: -1 });
    expect([-2, -1, 0, 1, 2, 0.5, NaN, "0", null].map((value) => space.contains(value))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
  it("takes a Float32Array of the right length within the bounds for Box", () => {
    const space = box({ low: [0, -Infinity], high: [1, 5] });
    expect(space.contains(Float32Array.of(0.5, -1e30))).toBe(true);
    expect(space.contains(Float32Array.of(1, 5))).toBe(true);
    expect(space.contains(Float32Array.of(1.0000001, 0))).toBe(false);
    expect(space.contains(Float32Array.of(0.5, NaN))).toBe(false);
    expect(space.contains(Float32Array.of(0.5))).toBe(false);
    expect(space.contains([0.5, 0])).toBe(false);
    expect(space.contains(Float64Array.of(0.5, 0))).toBe(false);
  });
  it("takes typed arrays of whole numbers for MultiDiscrete and MultiBinary", () => {
    expect(multiDiscrete([2, 3]).contains(Int32Array.of(1, 2))).toBe(true);
    expect(multiDiscrete([2, 3]).contains(Int32Array.of(2, 2))).toBe(false);
    expect(multiDiscrete([2, 3]).contains(Int32Array.of(1))).toBe(false);
    expect(multiDiscrete([2], { start: [4] }).contains(Int32Array.of(3))).toBe(false);
    expect(multiBinary(2).contains(Int8Array.of(0, 1))).toBe(true);
    expect(multiBinary(2).contains(Int8Array.of(0, 2))).toBe(false);
  });
  it("looks into every part of a Tuple", () => {
    const space = tuple([discrete(2), box({ low: 0, high: 1 })]);
    expect(space.contains([1, Float32Array.of(0.5)])).toBe(true);
    expect(space.contains([2, Float32Array.of(0.5)])).toBe(false);
    expect(space.contains([1])).toBe(false);
  });
  it("looks at every name of a Dict, and allows no others", () => {
    const space = dict({ lamp: discrete(2), place: box({ low: 0, high: 1 }) });
    const place = Float32Array.of(0.5);
    expect(space.contains({ place, lamp: 1 })).toBe(true);
    expect(space.contains({ place, lamp: 2 })).toBe(false);
    expect(space.contains({ place })).toBe(false);
    expect(space.contains({ place, lamp: 1, door: 0 })).toBe(false);
    for (const other of [null, 3, "lamp", [1, place]]) expect(space.contains(other)).toBe(false);
    expect(dict({ toString: discrete(2) }).contains({ other: 0 })).toBe(false);
  });
});

it("every space contains what it samples", () => {
  const bound = fc.float({ noNaN: true });
  const boxes = fc
    .array(fc.tuple(bound, bound), { minLength: 1, maxLength: 6 })
    .map((pairs) => ({ low: pairs.map(([a, b]) => Math.min(a, b)), high: pairs.map(([a, b]) => Math.max(a, b)) }))
    .filter(({ low, high }) => low.every((least, i) => least < Infinity && high[i] > -Infinity))
    .map(box);
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 });
  const spaces: fc.Arbitrary<Space<unknown>> = fc.oneof(
    boxes,
    fc.tuple(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer()).map(([n, start]) => discrete(n, { start })),
    counts.map((nvec) => multiDiscrete(nvec)),
    fc.integer({ min: 1, max: 40 }).map(multiBinary),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }).map(multiBinary),
    boxes.map((part) => tuple([part, discrete(3)])),
    boxes.map((part) => dict({ b: part, a: discrete(3) })),
  );
  fc.assert(
    fc.property(spaces, fc.nat(), (space, seed) => {
      const value = space.sample(defaultRng(seed));
      expect(space.contains(value)).toBe(true);
      // One-hot rows of 2^32 numbers would fill the memory.
      if (flatSize(space) <= 10_000) expect(unflatten(space, flatten(space, value))).toEqual(value);
    }),
    { seed: 1 },
  );
});

it("spaces print themselves in one line, with the shortest decimals that mean the same float32", () => {
  expect(String(discrete(2))).toBe("Discrete(2)");
  expect(String(discrete(2, { start: 5 }))).toBe("Discrete(2, start=5)");
  expect(String(box({ low: [-1.2, -0.07], high: [0.6, 0.07] }))).toBe("Box([-1.2, -0.07], [0.6, 0.07], [2])");
  expect(String(box({ low: -Infinity, high: 1, shape: [2, 2] }))).toBe("Box(-Infinity, 1, [2, 2])");
  expect(String(multiDiscrete([2, 3]))).toBe("MultiDiscrete([2, 3])");
  expect(String(tuple([multiBinary(3), discrete(2)]))).toBe("Tuple(MultiBinary(3), Discrete(2))");
  expect(String(multiBinary([3, 4]))).toBe("MultiBinary([3, 4])");
  expect(String(dict({ b: discrete(2), a: discrete(3) }))).toBe("Dict(a: Discrete(3), b: Discrete(2))");
});

it("impossible spaces are errors that name the field", () => {
  expect(() => discrete(0)).toThrow("discrete.n: got 0");
  expect(() => discrete(2.5)).toThrow("discrete.n");
  expect(() => discrete(2, { start: 0.5 })).toThrow("discrete.start");
  expect(() => box({ low: 1, high: 0 })).toThrow("box.low[0]: got 1");
  expect(() => box({ low: NaN, high: 0 })).toThrow("box.low");
  const float32 = "allowed is a float32, from -3.4e38 to 3.4e38, or Infinity or -Infinity for no bound";
  expect(() => box({ low: 0, high: 1e39 })).toThrow(`box.high[0]: got 1e+39, ${float32}`);
  expect(() => box({ low: [0, -1e39], high: 1 })).toThrow(`box.low[1]: got -1e+39, ${float32}`);
  expect(() => box({ low: Infinity, high: Infinity })).toThrow("box.low[0]: got Infinity");
  expect(() => box({ low: -Infinity, high: [0, -Infinity] })).toThrow("box.high");
  expect(() => box({ low: [-Infinity, -Infinity], high: [0, -Infinity] })).toThrow("box.high[1]: got -Infinity");
  expect(box({ low: -Infinity, high: Infinity }).high[0]).toBe(Infinity);
  expect(() => box({ low: [0, 0], high: [1] })).toThrow("box.high");
  expect(() => box({ low: 0, high: 1, shape: [0] })).toThrow("box.shape");
  expect(() => multiDiscrete([])).toThrow("multiDiscrete.nvec");
  expect(() => multiDiscrete([2], { start: [0, 1] })).toThrow("multiDiscrete.start");
  expect(() => multiBinary(-1)).toThrow("multiBinary.n");
  for (const shape of [[], [3, 0], [2.5, 2]]) expect(() => multiBinary(shape)).toThrow("multiBinary.n: got [");
  expect(() => dict({})).toThrow("dict.spaces");
  expect(() => tuple([])).toThrow("tuple.spaces");
  expect(() => discrete(3).sample(defaultRng(0), [1, 1])).toThrow("discrete.sample.mask");
});

describe("flattening to network inputs", () => {
  it("writes one-hot rows for choices and puts parts one after another", () => {
    const space = tuple([
      discrete(3, { start: 1 }),
      box({ low: 0, high: 1, shape: [2] }),
      multiDiscrete([2, 2]),
      multiBinary(2),
    ]);
    expect(flatSize(space)).toBe(11);
    const out = new Float32Array(12).fill(9);
    flattenInto(space, [2, Float32Array.of(0.25, 0.5), Int32Array.of(1, 0), Int8Array.of(0, 1)], out, 1);
    expect([...out]).toEqual([9, 0, 1, 0, 0.25, 0.5, 0, 1, 1, 0, 0, 1]);
  });
  it("refuses a value outside the space", () => {
    const out = new Float32Array(4);
    expect(() => flattenInto(discrete(3), 3, out)).toThrow("a whole number from 0 to 2");
    expect(() => flattenInto(box({ low: 0, high: 1 }), Float32Array.of(1, 2), out)).toThrow("an array of 1");
    expect(() => flattenInto(tuple([discrete(2)]), [], out)).toThrow("an array of 1");
  });

  it("writes the parts of a Dict in the order of their names, as Gymnasium does, however they were written", () => {
    const space = dict({
      zebra: discrete(2),
      "10": box({ low: 0, high: 1, shape: [2] }),
      apple: multiBinary([1, 2]),
      "9": discrete(2),
    });
    expect(space.names).toEqual(["10", "9", "apple", "zebra"]);
    const value = { apple: Int8Array.of(0, 1), "9": 1, zebra: 0, "10": Float32Array.of(0.25, 0.5) };
    expect(flatSize(space)).toBe(8);
    expect([...flatten(space, value)]).toEqual([0.25, 0.5, 0, 1, 0, 1, 1, 0]);
    expect(() => flatten(space, { apple: 1 })).toThrow("allowed is an object with 10, 9, apple, zebra");
  });
  it("is undone by unflatten, which takes the first number other than 0 of a choice", () => {
    const space = tuple([
      discrete(3, { start: 5 }),
      multiDiscrete([2, 3], { start: [0, -1] }),
      dict({ on: multiBinary(2) }),
    ]);
    const value = [6, Int32Array.of(1, 1), { on: Int8Array.of(1, 0) }];
    expect(unflatten(space as Space<unknown>, flatten(space, value))).toEqual(value);
    expect(unflatten(discrete(3), [0, 0.2, 0.7])).toBe(1);
    expect(() => unflatten(discrete(3), [0, 0])).toThrow("row: got [0,0], allowed is an array of 3");
    expect(() => unflatten(discrete(2), [0, 0])).toThrow("allowed is a number other than 0 at the chosen place");
  });
});
