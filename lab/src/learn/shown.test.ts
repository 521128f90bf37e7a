import { inspect } from "node:util";
import { expect, it } from "vitest";
import { shown } from "./shown.js";

it.each([[[2, 3]], [[]], [{ a: 1, b: ["x", undefined] }], [null], [-0], [12n], [Float64Array.of(0.5, 1)], [[[[[1]]]]]])(
  "shows value %# as Node does",
  (value) => {
    expect(shown(value)).toBe(inspect(value, { breakLength: Number.POSITIVE_INFINITY }));
  },
);

it("shows strings as they are, and errors by their message", () => {
  expect(shown("a 'b'")).toBe("a 'b'");
  expect(shown(new RangeError("no"))).toBe("RangeError: no");
});
