import { expect, it } from "vitest";
import { describeSpace, spaceFrom } from "./describe-space.js";
import { box, discrete, multiBinary, multiDiscrete, tuple } from "./index.js";

it("a missing bound is null, since JSON has no infinity, and 4.8 is not 4.800000190734863", () => {
  expect(describeSpace(box({ low: [-4.8, -Infinity], high: [4.8, Infinity] }))).toEqual({
    kind: "box",
    shape: [2],
    low: [-4.8, null],
    high: [4.8, null],
  });
});

it("every kind of space says all that its features depend on", () => {
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

it("a space comes back from its description with the same bounds to the last bit", () => {
  const spaces = [
    discrete(3, { start: -1 }),
    box({ low: [-4.8, -Infinity], high: [0.1, Infinity], shape: [1, 2] }),
    tuple([multiDiscrete([2, 5], { start: [1, 0] }), multiBinary(4)]),
  ];
  for (const space of spaces) {
    const back = spaceFrom(JSON.parse(JSON.stringify(describeSpace(space))));
    expect(JSON.stringify(back)).toBe(JSON.stringify(space));
    expect(String(back)).toBe(String(space));
  }
  expect(() => spaceFrom({ kind: "sphere" } as never)).toThrow("no space of the kind sphere");
});
