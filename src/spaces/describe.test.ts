import { expect, it } from "vitest";
import { describeSpace, spaceFrom } from "./describe.js";
import { box, dict, discrete, multiBinary, multiDiscrete, tuple } from "./index.js";

it("a missing bound is null, because JSON has no infinity, and 4.8 is not 4.800000190734863", () => {
  expect(describeSpace(box({ low: [-4.8, -Infinity], high: [4.8, Infinity] }))).toEqual({
    kind: "box",
    shape: [2],
    low: [-4.8, null],
    high: [4.8, null],
  });
});

it("every kind of space lists all that its features depend on", () => {
  const space = tuple([discrete(3, { start: -1 }), multiDiscrete([2, 5], { start: [1, 0] }), multiBinary(4)]);
  expect(describeSpace(space)).toEqual({
    kind: "tuple",
    spaces: [
      { kind: "discrete", n: 3, start: -1 },
      { kind: "multi-discrete", nvec: [2, 5], start: [1, 0] },
      { kind: "multi-binary", n: 4 },
    ],
  });
});

it("a Dict lists its parts by name, and a MultiBinary its shape where it has several dimensions", () => {
  expect(describeSpace(dict({ b: discrete(2), a: multiBinary([2, 3]) }))).toEqual({
    kind: "dict",
    spaces: { a: { kind: "multi-binary", n: 6, shape: [2, 3] }, b: { kind: "discrete", n: 2, start: 0 } },
  });
  expect(JSON.stringify(describeSpace(multiBinary(6)))).toBe('{"kind":"multi-binary","n":6}');
});

it("a space equals the one made from its description", () => {
  const parts = [
    box({ low: [-4.8, -Infinity, 0.1], high: [4.8, Infinity, 0.7] }),
    discrete(3, { start: -1 }),
    multiDiscrete([2, 5], { start: [1, 0] }),
    multiBinary(4),
    multiBinary([2, 3]),
    dict({ b: discrete(2), a: multiBinary([1, 2]) }),
  ];
  for (const space of [...parts, tuple(parts)]) {
    const description = describeSpace(space);
    expect(describeSpace(spaceFrom(JSON.parse(JSON.stringify(description))))).toEqual(description);
    expect(String(spaceFrom(description))).toBe(String(space));
  }
});
