import { expect, it } from "vitest";
import { Episodes } from "./episodes.js";

const going = (terminated: number) => ({
  rewards: Float64Array.of(1),
  terminated: Uint8Array.of(terminated),
  truncated: Uint8Array.of(0),
  finalObservations: new Float32Array(1),
  observationSize: 1,
});

it("an episode that goes on after the longest is an error that says what to do, and one that ends there is none", () => {
  const episodes = new Episodes(1, 3);
  for (const [step, terminated] of [0, 0, 1, 0, 0].entries()) episodes.add(going(terminated), step + 1, () => {});
  expect(episodes.ended(10)).toEqual([{ return: 3, length: 3, lastStep: 13 }]);
  expect(() => episodes.add(going(0), 6, () => {})).toThrow(
    "an episode has not ended after 3 steps, and this algorithm learns from whole episodes: set a time limit",
  );
});

it("without a limit an episode may go on for ever, as in batches of a number of steps", () => {
  const episodes = new Episodes(1);
  for (let step = 1; step <= 2_000; step++) episodes.add(going(0), step, () => {});
  expect(episodes.count).toBe(0);
});
