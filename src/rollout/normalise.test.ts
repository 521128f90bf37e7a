import { expect, it } from "vitest";
import { normalise } from "./normalise.js";

function normalised(values: readonly number[]): number[] {
  const array = Float64Array.from(values);
  normalise(array);
  return [...array];
}

it("brings values to mean 0 and deviation 1, with n - 1 in the denominator", () => {
  const [a, b, c] = normalised([1, 2, 3]);
  expect([a, b, c].map((value) => Number(value.toFixed(7)))).toEqual([-1, 0, 1]);
  expect(normalised([0, 10])[1]).toBeCloseTo(Math.SQRT1_2, 8);
});

it("leaves one value, or none, as it is", () => {
  expect(normalised([9.56])).toEqual([9.56]);
  expect(normalised([])).toEqual([]);
});

it("makes 0 of values that are all equal, whatever their mean is rounded to", () => {
  for (const value of [9.56, 0.1, -1e8 / 3, 1e100, 5e-324, 0]) {
    for (const length of [2, 3, 7, 500]) {
      expect(normalised(new Array(length).fill(value))).toEqual(new Array(length).fill(0));
    }
  }
});

it("makes 0 of values that differ by rounding alone: noise is not blown up to ±1", () => {
  expect(normalised([0.1 + 0.2, 0.3, 0.3, 0.3])).toEqual([0, 0, 0, 0]);
  expect(normalised([1e9, 1e9 + 1e-6, 1e9 - 1e-6])).toEqual([0, 0, 0]);
});

it("still scales small differences that are real", () => {
  const [a, b] = normalised([100, 100.0001]);
  expect(b - a).toBeCloseTo(Math.SQRT2, 3);
});

it("works on a part of an array and leaves the rest alone", () => {
  const array = Float64Array.of(5, 1, 3, 7);
  normalise(array.subarray(1, 3));
  expect([...array].map((value) => Number(value.toFixed(2)))).toEqual([5, -0.71, 0.71, 7]);
});

it("makes a line of the returns of CartPole at γ = 1, and of a long episode at γ = 0.99 a drop at its end", () => {
  const ends = (steps: number, gamma: number): number[] => {
    const returns: number[] = [];
    for (let t = 0; t < steps; t++) returns.unshift(1 + gamma * (returns[0] ?? 0));
    const advantages = normalised(returns);
    return [advantages[0], advantages[steps - 1]].map((value) => Number(value.toFixed(2)));
  };
  expect([ends(10, 1), ends(500, 1)]).toEqual([
    [1.49, -1.49],
    [1.73, -1.73],
  ]);
  expect([ends(10, 0.99), ends(500, 0.99)]).toEqual([
    [1.47, -1.51],
    [0.78, -3.24],
  ]);
});
