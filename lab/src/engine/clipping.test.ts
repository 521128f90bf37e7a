import { trainNamed } from "ascent";
import { expect, it } from "vitest";
import { clippingOf } from "./clipping.js";
import { lessonOf } from "./lesson.js";

const rounded = (numbers: ArrayLike<number>): number[] => Array.from(numbers, (x) => Number(x.toFixed(4)));

it("a ratio is held only where it went the way that its advantage asks", () => {
  const ratios = [1.5, 1.5, 0.5, 0.5, 1.1, 0.9];
  const { counted, held, returning } = clippingOf(ratios, [1, -1, 1, -1, 1, -1], 0.2);
  expect(rounded(counted)).toEqual([1.2, 1.5, 0.5, 0.8, 1.1, 0.9]);
  expect([held, returning]).toEqual([2, 2]);
});

it("a step without an advantage is neither held nor led back, and its ratio stays", () => {
  const { counted, held, returning } = clippingOf([3], [0], 0.2);
  expect([counted[0], held, returning]).toEqual([3, 0, 0]);
});

it("the steps held in an update of PPO are those without a slope in its surrogate", () => {
  const config = { algorithm: "ppo", env: "CartPole-v1", steps: 2048, options: { learningRate: 0.02 } };
  const [update] = trainNamed(config, { explain: () => true });
  const { credit } = update;
  if (credit?.advantages === undefined) throw new Error("there is no credit");
  const { advantages } = credit;
  const { clipping, ratios, loss } = lessonOf({ ...update, credit });
  const surrogate = (ratio: number, A: number): number => Math.min(ratio * A, Math.min(1.2, Math.max(0.8, ratio)) * A);
  const flat = Array.from(ratios).filter((ratio, t) => {
    const A = advantages[t];
    return A !== 0 && surrogate(ratio + 1e-6, A) === surrogate(ratio - 1e-6, A);
  });
  expect(clipping?.held).toBe(flat.length);
  expect(flat.length).toBeGreaterThan(20);
  expect(clipping?.returning).toBeGreaterThan(0);
  const sum = loss.parts?.reduce((total, { coefficient, value }) => total + coefficient * value, 0);
  expect(sum).toBeCloseTo(loss.total, 4);
});

it("an algorithm that clips nothing has no clipping in its lesson", () => {
  const [update] = trainNamed({ algorithm: "a2c", env: "CartPole-v1", steps: 100 }, { explain: () => true });
  if (update.credit === undefined) throw new Error("there is no credit");
  expect(lessonOf({ ...update, credit: update.credit }).clipping).toBeUndefined();
});
