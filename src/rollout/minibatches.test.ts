import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { shuffledParts } from "./minibatches.js";

describe("minibatches", () => {
  it("cover each row once, in random order, and the last may be shorter", () => {
    const parts = shuffledParts(10, 4, defaultRng(0));
    expect(parts.map((rows) => rows?.length)).toEqual([4, 4, 2]);
    const order = parts.flatMap((rows) => [...(rows as Int32Array)]);
    expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(order).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
  it("come in another order each time, from the generator alone", () => {
    const a = defaultRng(3);
    const b = defaultRng(3);
    const first = shuffledParts(50, 7, a);
    expect(shuffledParts(50, 7, b)).toEqual(first);
    expect(shuffledParts(50, 7, a)).not.toEqual(first);
  });
  it("of the whole batch are the batch as it is", () => {
    expect(shuffledParts(10, 10, defaultRng(0))).toEqual([undefined]);
    expect(shuffledParts(10, 1, defaultRng(0))).toHaveLength(10);
  });
});
