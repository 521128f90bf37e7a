import { expect, test } from "vitest";
import { extendPlan } from "./extend-plan.js";
import { runsOf } from "./plan.js";
import { planSweep } from "./plan-sweep.js";

const small = { options: { hidden: [4] } };

test("more seeds and more values keep the runs that are there, and their ids", () => {
  const plan = planSweep({ ...small, grid: { learningRate: [0.1, 0.01] }, seeds: 2 });
  const larger = extendPlan(plan, planSweep({ ...small, grid: { learningRate: [0.01, 0.001] }, seeds: 3 }));
  expect(larger.cells.map(({ settings }) => settings.learningRate)).toEqual([0.1, 0.01, 0.001]);
  expect(larger.seeds).toEqual(["0", "1", "2"]);
  const ids = runsOf(larger).map(({ id }) => id);
  expect(ids).toHaveLength(9);
  expect(ids).toEqual(expect.arrayContaining(runsOf(plan).map(({ id }) => id)));
});

test("a setting that only one of the plans varies has its value in all cells", () => {
  const plan = planSweep({ ...small, grid: { learningRate: [0.1, 0.01] } });
  const larger = extendPlan(
    plan,
    planSweep({ ...small, options: { hidden: [4], learningRate: 0.1 }, grid: { gamma: [0.9, 1] } }),
  );
  expect(larger.varied).toEqual(["learningRate", "gamma"]);
  expect(larger.cells.map(({ settings }) => settings)).toEqual([
    { learningRate: 0.1, gamma: 0.99 },
    { learningRate: 0.01, gamma: 0.99 },
    { learningRate: 0.1, gamma: 0.9 },
    { learningRate: 0.1, gamma: 1 },
  ]);
});

test("what neither plan varied is named where the two differ in it, and another end is refused", () => {
  const [plan, other] = [[4], [8]].map((hidden) => planSweep({ options: { hidden }, grid: { gamma: [0.9, 1] } }));
  expect(extendPlan(plan, other).varied).toEqual(["gamma", "hidden"]);
  expect(() => extendPlan(plan, { ...other, until: 100 })).toThrow(/^until: got 100, allowed is none/);
});
