import { describe, expect, it } from "vitest";
import { defaultRng } from "../random/index.js";
import { bestOf, bestOfBound, bestPlaces } from "./best-of-n.js";
import { tokenBandit } from "./exact/bandit.js";
import { divergence, expectation, regularisedValue, reverseOptimum } from "./exact/optimum.js";

const { reference, rewards } = tokenBandit(64, 5);

describe("the best of n", () => {
  it("has the bounds of the literature", () => {
    expect([2, 4, 16, 64].map((n) => Number(bestOfBound(n).toFixed(3)))).toEqual([0.193, 0.636, 1.835, 3.175]);
  });

  it.each([1, 2, 4, 16, 64])("of %i keeps to its bound, and adds up to 1", (n) => {
    const best = bestOf(reference, rewards, n);
    expect(best.reduce((sum, l) => sum + Math.exp(l), 0)).toBeCloseTo(1, 12);
    expect(divergence(best, reference)).toBeLessThanOrEqual(bestOfBound(n) + 1e-12);
  });

  it("is the policy itself for n = 1, and reaches the bound where all outcomes are rare", () => {
    expect(divergence(bestOf(reference, rewards, 1), reference)).toBeCloseTo(0, 12);
    const rare = new Float64Array(20_000).fill(-Math.log(20_000));
    const different = Float64Array.from(rare, (_, y) => y);
    expect(divergence(bestOf(rare, different, 4), rare)).toBeCloseTo(bestOfBound(4), 3);
  });

  it("does not lie above what is possible at its divergence: the optima of all β", () => {
    for (const n of [2, 4, 16]) {
      const best = bestOf(reference, rewards, n);
      // A policy above the frontier would beat π* by its own measure for some β.
      for (const beta of [0.05, 0.1, 0.2, 0.5, 1, 2, 5]) {
        const problem = { reference, rewards, beta };
        const limit = regularisedValue(reverseOptimum(reference, rewards, beta), problem);
        expect(regularisedValue(best, problem)).toBeLessThanOrEqual(limit + 1e-12);
      }
    }
  });

  it("is what drawing and keeping gives, outcomes of equal reward together", () => {
    const coarse = rewards.map((r) => Math.round(r));
    const rng = defaultRng(1);
    const p = [...reference].map(Math.exp);
    const total = p.reduce((a, b) => a + b, 0);
    const drawn = rng.choice(64, { size: 4 * 20_000, p: p.map((x) => x / total) });
    const scores = Array.from(drawn, (y) => coarse[y]);
    const kept = [...bestPlaces(scores, 4)].map((i) => coarse[drawn[i]]);
    const mean = kept.reduce((a, b) => a + b, 0) / kept.length;
    expect(mean).toBeCloseTo(expectation(bestOf(reference, coarse, 4), coarse), 1);
  });

  it("takes the first of equal scores, and is refused for numbers that don't fit", () => {
    expect([...bestPlaces([1, 3, 3, 0, 0, 0], 3)]).toEqual([1, 3]);
    expect(() => bestPlaces([1, 2, 3], 2)).toThrow("a multiple of n = 2");
    expect(() => bestOfBound(0)).toThrow("n: got 0");
  });
});
