import { describe, expect, it } from "vitest";
import { rewardIn, tokenTree } from "./token-tree.js";

describe("a tree of texts", () => {
  it("has independent rewards unless it is told otherwise", () => {
    const { rewards } = tokenTree(3, 4, 2);
    expect(rewards).toEqual(tokenTree(3, 4, 2, { ownShare: 1 }).rewards);
    expect(new Set(rewards).size).toBe(81);
  });

  it("adds up scores of neighbours where texts have no share of their own, from the prompt on", () => {
    const tree = tokenTree(3, 3, 5, { ownShare: 0 });
    const r = (...response: number[]) => rewardIn(tree, response);
    // What follows a token does not depend on what stands before it.
    expect(r(0, 1, 2) - r(0, 1, 0)).toBeCloseTo(r(2, 1, 2) - r(2, 1, 0), 12);
    expect(r(0, 1, 2) - r(0, 1, 0)).not.toBeCloseTo(r(0, 2, 2) - r(0, 2, 0), 3);
    // A pair counts the same in each place. Both of these have the pairs (0, 1), (1, 0) and (0, 0), the prompt being 0.
    expect(r(1, 0, 0)).toBeCloseTo(r(0, 1, 0), 12);
  });

  it("has a mean of 0 and a deviation of 1 where texts have no share of their own", () => {
    const { rewards } = tokenTree(3, 4, 5, { ownShare: 0 });
    expect(rewards.reduce((a, b) => a + b, 0) / 81).toBeCloseTo(0, 12);
    expect(rewards.reduce((sum, r) => sum + r * r, 0) / 81).toBeCloseTo(1, 12);
  });

  it.each([-0.1, 1.1, Number.NaN])("is refused for a share of %s", (ownShare) => {
    expect(() => tokenTree(3, 4, 2, { ownShare })).toThrow("ownShare: got");
  });
});
