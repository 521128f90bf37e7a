import { expect, it } from "vitest";
import { scaled } from "./chart-view.js";

it("zooming in keeps the place of the cross-hair where it is", () => {
  expect(scaled([0, 100], 0.5, [0, 100], 20)).toEqual([10, 60]);
  expect(scaled([0, 100], 0.5, [0, 100])).toEqual([25, 75]);
  expect(scaled([20, 40], 0.5, [0, 100], 90)).toEqual([25, 35]);
});

it("zooming out stays within what there is, and ends with all of it", () => {
  expect(scaled([0, 20], 2, [0, 100], 10)).toEqual([0, 40]);
  expect(scaled([80, 100], 2, [0, 100], 90)).toEqual([60, 100]);
  expect(scaled([20, 80], 2, [0, 100])).toBeUndefined();
});
