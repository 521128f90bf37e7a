import { expect, it } from "vitest";
import { digitTask } from "../tasks/digits.js";
import { assess } from "./assess.js";
import { trainLanguage } from "./train-language.js";

const run = trainLanguage({ task: "sort", pipeline: { textUpdates: 2 }, seed: 1 });
run.advance();
run.advance();
const parts = { task: digitTask("sort"), model: run.model, reference: run.reference };

it("finds a model that has not changed equal to its reference", () => {
  const { before, after, winRate, winInterval, samples } = assess(parts, { prompts: 40 });
  expect(after.kl).toBe(0);
  expect(after.greedyGold).toBe(before.greedyGold);
  expect(winRate).toBe(0.5);
  expect(winInterval[0]).toBeCloseTo(0.352, 3);
  expect(winInterval[1]).toBeCloseTo(0.648, 3);
  expect(samples).toHaveLength(5);
});

it("draws from its seed alone, and changes nothing", () => {
  const bytes = run.model.toBytes();
  expect(assess(parts, { prompts: 8, seed: 2 })).toEqual(assess(parts, { prompts: 8, seed: 2 }));
  expect(assess(parts, { prompts: 8, seed: 2 })).not.toEqual(assess(parts, { prompts: 8, seed: 3 }));
  expect(run.model.toBytes()).toEqual(bytes);
});

it("counts wins by gold score", () => {
  const task = { ...parts.task, gold: ({ response }: { response: string }) => Number(response.startsWith("0")) };
  const { winRate, before, after } = assess({ ...parts, task }, { prompts: 64 });
  // Wins minus losses are what the mean gold scores differ by.
  expect(2 * winRate - 1).toBeCloseTo(after.gold - before.gold, 12);
});
