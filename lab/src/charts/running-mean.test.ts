import { expect, it } from "vitest";
import { Column } from "../state/columns.js";
import { runningMean } from "./running-mean.js";

it("is the mean of the last few, and of all so far at the start", () => {
  const column = new Column();
  for (const x of [4, 8, 0, 2]) column.push(x);
  expect([...runningMean(column, 2)]).toEqual([4, 6, 4, 1]);
  expect([...runningMean(column, 3)]).toEqual([4, 6, 4, 10 / 3]);
});

it("goes on where it was when more numbers arrive", () => {
  const column = new Column();
  const numbers = Array.from({ length: 1000 }, (_, i) => (i * 37) % 101);
  numbers.forEach((x, i) => {
    column.push(x);
    if (i % 7 === 0) runningMean(column, 20);
  });
  const last = numbers.slice(-20).reduce((sum, x) => sum + x, 0) / 20;
  expect(runningMean(column, 20)).toHaveLength(1000);
  expect(runningMean(column, 20)[999]).toBeCloseTo(last, 10);
});
