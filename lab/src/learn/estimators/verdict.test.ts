import { describe, expect, it } from "vitest";
import type { EstimatorRow, Found } from "../protocol.js";
import { comparedWith, verdictOf, zText } from "./verdict.js";

const row: EstimatorRow = {
  name: "to-go",
  summary: "the return to go",
  target: "F",
  says: "unbiased",
  expected: { biasSquared: 0, variance: 1 },
  isEnumerated: false,
};
const found: Found = { biasSquared: 0, variance: 1, cosine: 1, mean: [1, 0], z: -0.52, agreement: "agrees" };

describe("a measurement in words", () => {
  it("says what theory says where the batches agree with it", () => {
    expect(verdictOf(row, found, 2000)).toEqual({ kind: "agrees", sentence: "Unbiased, as theory says." });
  });
  it("waits for batches before it decides", () => {
    const early = verdictOf(row, { ...found, agreement: "too few" }, 120);
    expect(early).toEqual({
      kind: "waiting",
      sentence: "Theory: unbiased. 120 batches so far, and at least 1000 are needed to decide.",
    });
  });
  it("says when theory is contradicted, has no formula, or the mean points away", () => {
    expect(verdictOf(row, { ...found, agreement: "fails" }, 2000).sentence).toMatch(/contradict/);
    const open = { ...row, says: "biased: it shrinks", isEnumerated: true };
    expect(verdictOf(open, { ...found, cosine: -0.4, agreement: "open" }, 2000).sentence).toBe(
      "Biased: it shrinks. Theory has no formula for the mean. The dashed line is the sum over all batches. Its mean points away from the target.",
    );
  });
  it("names what z is measured from", () => {
    expect([row, { ...row, isEnumerated: true }, { ...row, expected: undefined }].map(comparedWith)).toEqual([
      "from theory",
      "from the sum over all batches",
      "from F",
    ]);
    expect([-0.52, -0.02, Number.POSITIVE_INFINITY].map(zText)).toEqual(["z −0.5", "z 0.0", "z ∞"]);
  });
});
