import { expect, it } from "vitest";
import { logTicks, ticks } from "./ticks.js";

it("are round numbers within the interval", () => {
  expect(ticks(0, 500, 5)).toEqual([0, 100, 200, 300, 400, 500]);
  expect(ticks(-0.31, 0.32, 4)).toEqual([-0.2, 0, 0.2]);
  expect(ticks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(ticks(1, 1, 3)).toEqual([]);
});

it("are powers of ten on a logarithmic axis, with 2 and 5 where there is room, and round numbers within one power", () => {
  expect(logTicks(1, 100, 8)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(logTicks(1e-4, 1, 6)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
  expect(logTicks(1e-8, 1, 3)).toEqual([1e-6, 1e-3, 1]);
  expect(logTicks(31, 39, 3)).toEqual([35]);
});
