import { expect, it } from "vitest";
import { after, spreadOf } from "./seeds.js";

const curves = [
  { x: [0, 2, 4, 6, 8], y: [0, 2, 4, 6, 8] },
  { x: [1, 3, 5], y: [10, 30, 50] },
];

it("a group's mean and band begin where the last seed begins and end where the first one ends", () => {
  const spread = spreadOf(curves, 5, [0, 100]);
  expect(spread && [...spread.x]).toEqual([1, 2, 3, 4, 5]);
});

it("each seed counts with the value that it had last", () => {
  const spread = spreadOf(curves, 5, [0, 100]);
  expect(spread && [[...spread.low], [...spread.high], [...spread.mean]]).toEqual([
    [0, 2, 2, 4, 4],
    [10, 10, 30, 30, 50],
    [5, 6, 16, 17, 27],
  ]);
});

it("is computed at the places that are seen", () => {
  expect([...(spreadOf(curves, 3, [2, 4])?.x ?? [])]).toEqual([2, 3, 4]);
});

it("there is none where the seeds have nothing in common", () => {
  expect(spreadOf([...curves, { x: [], y: [] }], 5, [0, 9])).toBeUndefined();
  expect(spreadOf(curves, 5, [6, 9])).toBeUndefined();
});

it("the seeds that still train go on by themselves", () => {
  expect(after(curves[0], 5)).toEqual({ x: [4, 6, 8], y: [4, 6, 8] });
});
