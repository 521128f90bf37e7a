import { describe, expect, it } from "vitest";
import { indices, tensor } from "../tensor.js";
import { selectRows } from "./select-rows.js";

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
  it("copies all rows where all are asked for", () => {
    const x = tensor([1, 2]);
    const y = selectRows(x, [0, 1]);
    x.set([7, 8]);
    expect(y.toNested()).toEqual([1, 2]);
  });
});
