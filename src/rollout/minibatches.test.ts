import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { tensor } from "../tensor/index.js";
import { inParts, shuffledParts } from "./minibatches.js";

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

describe("parts in order", () => {
  const features = tensor([1, 2, 3, 4, 5, 6], [3, 2]);
  it("hold each row once, and the last may be shorter", () => {
    const parts: unknown[] = [];
    for (const part of inParts({ features }, 2)) parts.push(part.features.toNested());
    expect(parts).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [[5, 6]],
    ]);
  });
  it("are the rows as they are where these fit into one", () => {
    const rows = { features, forwardCache: { layers: [], version: 0, release() {} } };
    expect([...inParts(rows, 3)]).toEqual([rows]);
  });
  it("leave sequences whole", () => {
    const sequences = { copies: 1, steps: 3, begins: new Uint8Array(3), memory: tensor([0], [1, 1]) };
    const rows = { features, sequences };
    expect([...inParts(rows, 2)]).toEqual([rows]);
  });
});
