import { expect, it } from "vitest";
import { parameter, tensor } from "../tensor/index.js";
import { hadGradient } from "./gradient.js";

it("a gradient counts by the norm that is reported, or by what backward() has left, but for rounding", () => {
  const without = { parameters: () => [parameter(tensor([1, 2]), "weights")] };
  expect([0, 1e-11, 1e-9, 3].map((norm) => hadGradient(without, norm))).toEqual([false, false, true, true]);
  const left = (slope: number): boolean => {
    const weights = parameter(tensor([1, 2]), "weights");
    weights.mul(slope).sum().backward();
    return hadGradient({ parameters: () => [weights] }, 0);
  };
  expect([0, 1e-11, 1e-9, -3].map(left)).toEqual([false, false, true, true]);
});
