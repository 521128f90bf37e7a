import { expect, test } from "vitest";
import { someOutcomes, somePlan } from "../../test/some-sweep.js";
import { mapsOf } from "./maps.js";
import { planSweep } from "./plan-sweep.js";
import { sharesOf } from "./scale.js";
import { summarise } from "./summary.js";

const plan = somePlan();
const outcomes = someOutcomes(plan);
const summary = summarise(plan, outcomes);

test("a cell has the scores of its seeds, their interquartile mean with an interval, and who solved or diverged", () => {
  const [first, solved] = summary.cells;
  expect(first).toMatchObject({ scores: [199, 200, 201, 202, 203], score: 201, solved: 0, diverged: 0, mark: 475 });
  expect(first.interval?.[0]).toBeGreaterThanOrEqual(199);
  expect(first.interval?.[1]).toBeLessThanOrEqual(203);
  expect([solved.score, solved.solved, solved.verdict.kind]).toEqual([480, 5, "solved"]);
  expect(summary.cells[4]).toMatchObject({ score: 20, diverged: 5, verdict: { kind: "diverged" } });
  expect(summary.ranking.map(({ score }) => score)).toEqual([480, 282, 201, 192, 20, 20]);
});

test("which setting mattered is said when all runs are done, and intervals from 5 seeds on", () => {
  expect(summary.importance?.effects[0].settings).toEqual(["learningRate"]);
  const early = summarise(plan, outcomes.slice(0, 7));
  expect([early.importance, early.cells[0].outcomes.length, early.cells[1].outcomes.length]).toEqual([undefined, 2, 1]);
  expect([early.cells[0].interval, summarise(plan, []).cells[5].score]).toEqual([null, Number.NaN]);
  expect(summarise(plan, outcomes, { intervals: false }).cells[0].interval).toBeNull();
});

test("cells of different environments are not ranked, and outcomes of other runs are left out", () => {
  const mixed = planSweep({ options: { hidden: [4] }, grid: { env: ["CartPole-v1", "Acrobot-v1"] }, seeds: 1 });
  expect(summarise(mixed, someOutcomes(mixed)).ranking).toEqual([]);
  expect(summarise(mixed, outcomes).cells.map((cell) => cell.outcomes)).toEqual([[], []]);
});

test("a map has the setting with more values as its rows, in order, and one map for each value of the others", () => {
  const [map, ...more] = mapsOf(plan.varied, summary.cells);
  expect(more).toEqual([]);
  expect(map).toMatchObject({ row: "learningRate", column: "gamma", rows: [1e-3, 1e-2, 1e-1], columns: [0.9, 0.99] });
  expect(map.cells.map((line) => line.map((cell) => cell?.score))).toEqual([
    [201, 480],
    [192, 282],
    [20, 20],
  ]);
  const cube = planSweep({
    options: { hidden: [4] },
    grid: { gamma: [0.9, 1], learningRate: [0.1, 0.01, 0.001], normalise: ["none", "batch"] },
  });
  const maps = mapsOf(cube.varied, summarise(cube, []).cells);
  expect(maps.map(({ where, row, rows }) => [where, row, rows])).toEqual([
    [{ normalise: "none" }, "learningRate", [0.001, 0.01, 0.1]],
    [{ normalise: "batch" }, "learningRate", [0.001, 0.01, 0.1]],
  ]);
});

test("drawn points are no map", () => {
  const draw = { learningRate: "log(1e-3, 1e-1)", gamma: "linear(0.9, 1)" };
  const drawn = planSweep({ options: { hidden: [4] }, draw, sample: 5 });
  expect(mapsOf(drawn.varied, summarise(drawn, []).cells)).toEqual([]);
});

test("shares lie between the lowest and the highest score", () => {
  expect([...sharesOf(summary.cells).values()].map((share) => Number(share.toFixed(2)))).toEqual([
    0.39, 1, 0.37, 0.57, 0, 0,
  ]);
});
