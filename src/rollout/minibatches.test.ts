import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { indices, tensor } from "../tensor/index.js";
import { minibatches, selectRows } from "./minibatches.js";

describe("minibatches", () => {
  it("cover each row once, in random order, and the last may be shorter", () => {
    const parts = minibatches(10, 4, defaultRng(0));
    expect(parts.map((rows) => rows?.length)).toEqual([4, 4, 2]);
    const order = parts.flatMap((rows) => [...(rows as Int32Array)]);
    expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(order).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
  it("come in another order each time, from the generator alone", () => {
    const [a, b] = [defaultRng(3), defaultRng(3)];
    const first = minibatches(50, 7, a);
    expect(minibatches(50, 7, b)).toEqual(first);
    expect(minibatches(50, 7, a)).not.toEqual(first);
  });
  it("of the whole batch are the batch as it is", () => {
    expect(minibatches(10, 10, defaultRng(0))).toEqual([undefined]);
    expect(minibatches(10, 1, defaultRng(0))).toHaveLength(10);
  });
});

describe("selectRows", () => {
  it("copies rows of any width and kind, in the order asked for", () => {
    const rows = Int32Array.of(2, 0, 2);
    expect(selectRows(tensor([1, 2, 3, 4, 5, 6], [3, 2]), rows).toNested()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ]);
    expect(selectRows(tensor([7, 8, 9]), rows).toNested()).toEqual([9, 7, 9]);
    const chosen = selectRows(indices(Int32Array.of(7, 8, 2 ** 24 - 1)), rows);
    expect([chosen.dtype, chosen.toNested()]).toEqual(["int32", [2 ** 24 - 1, 7, 2 ** 24 - 1]]);
    expect(selectRows(tensor([1, 2], [2, 1]), new Int32Array()).shape).toEqual([0, 1]);
  });
  it("hands out the tensor itself where there is no choice of rows", () => {
    const x = tensor([1, 2]);
    expect(selectRows(x, undefined)).toBe(x);
  });
});
