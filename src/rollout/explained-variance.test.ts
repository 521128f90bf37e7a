import { expect, it } from "vitest";
import { explainedVariance } from "./explained-variance.js";

it("is 1 for a perfect forecast, 0 for a constant one, below 0 for a misleading one", () => {
  const returns = [1, 2, 3, 4];
  expect(explainedVariance(returns, returns)).toBe(1);
  expect(explainedVariance([7, 7, 7, 7], returns)).toBe(0);
  expect(explainedVariance([4, 3, 2, 1], returns)).toBe(-3);
  // Var(G) = 1.25; G - V is 0, 0, 1, 1, whose variance is 0.25.
  expect(explainedVariance([1, 2, 2, 3], returns)).toBe(0.8);
});

it("ignores a constant offset of the forecast", () => {
  expect(explainedVariance([11, 12, 13, 14], [1, 2, 3, 4])).toBe(1);
});

it("is 0 where there is nothing to explain", () => {
  expect(explainedVariance([1, 2, 3], [5, 5, 5])).toBe(0);
  expect(explainedVariance([1], [5])).toBe(0);
});
