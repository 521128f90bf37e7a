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

it("is 0 where returns differ only by rounding, as A + V does for one constant return", () => {
  for (const constant of [0.1, 10 / 3, 1234.567, 1e-3]) {
    const values = Float32Array.from({ length: 1000 }, (_, i) => 7 * Math.sin(i) * constant);
    const returns = Float64Array.from(values, (V) => constant - V + V);
    expect(new Set(returns).size).toBeGreaterThan(1);
    expect(explainedVariance(values, returns)).toBe(0);
  }
  const constant = new Float64Array(1000).fill(0.1);
  expect(explainedVariance(new Float32Array(1000).fill(0.1), constant)).toBe(0);
});

it("still sees a small but real variation about a large mean", () => {
  const returns = [1e6, 1e6 + 1, 1e6, 1e6 + 1];
  expect(explainedVariance(returns, returns)).toBe(1);
});
