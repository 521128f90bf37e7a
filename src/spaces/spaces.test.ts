import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unpack } from "../../test/golden-arrays.js";
import { defaultRng } from "../random/generator.js";
import { box, discrete, flatSize, flattenInto, multiBinary, multiDiscrete, type Space, tuple } from "./index.js";

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
});

it("every space contains what it samples", () => {
  const bound = fc.float({ noNaN: true });
  const boxes = fc
    .array(fc.tuple(bound, bound), { minLength: 1, maxLength: 6 })
    .map((pairs) => box({ low: pairs.map(([a, b]) => Math.min(a, b)), high: pairs.map(([a, b]) => Math.max(a, b)) }))
    .filter(({ low, high }) => low.every((least, i) => least < Infinity && high[i] > -Infinity));
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 });
  const spaces: fc.Arbitrary<Space<unknown>> = fc.oneof(
    boxes,
    fc.tuple(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer()).map(([n, start]) => discrete(n, { start })),
    counts.map((nvec) => multiDiscrete(nvec)),
    fc.integer({ min: 1, max: 40 }).map(multiBinary),
    boxes.map((part) => tuple([part, discrete(3)])),
  );
  fc.assert(
    fc.property(spaces, fc.nat(), (space, seed) => {
      expect(space.contains(space.sample(defaultRng(seed)))).toBe(true);
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
});

it("impossible spaces are errors that name the field", () => {
  expect(() => discrete(0)).toThrow("discrete.n: got 0");
  expect(() => discrete(2.5)).toThrow("discrete.n");
  expect(() => discrete(2, { start: 0.5 })).toThrow("discrete.start");
  expect(() => box({ low: 1, high: 0 })).toThrow("box.low[0]: got 1");
  expect(() => box({ low: NaN, high: 0 })).toThrow("box.low");
  expect(() => box({ low: [0, 0], high: [1] })).toThrow("box.high");
  expect(() => box({ low: 0, high: 1, shape: [0] })).toThrow("box.shape");
  expect(() => multiDiscrete([])).toThrow("multiDiscrete.nvec");
  expect(() => multiDiscrete([2], { start: [0, 1] })).toThrow("multiDiscrete.start");
  expect(() => multiBinary(-1)).toThrow("multiBinary.n");
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
});
