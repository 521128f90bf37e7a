import { expect, test } from "vitest";
import { resume, train } from "./train.js";
import type { TrainConfig, Training } from "./types.js";

const config: TrainConfig = {
  algorithm: "a2c",
  env: "CartPole-v1",
  steps: 400,
  stopWhenSolved: false,
  options: { envs: 2, rolloutSteps: 50, hidden: [4], learningRate: 0.01, finalLearningRate: 0 },
};
const rates = (run: Training): number[] =>
  Array.from(run, ({ diagnostics }) => Number(diagnostics.learningRate.toFixed(5)));

function finished(): Uint8Array {
  const run = train(config);
  expect(rates(run)).toEqual([0.01, 0.0075, 0.005, 0.0025]);
  return run.checkpoint();
}

test("a finished run goes on to a larger budget, and its schedules follow their share of that one", () => {
  const run = resume(finished(), { steps: 800 });
  expect(run.config).toMatchObject({ steps: 800, episodes: null });
  expect(rates(run)).toEqual([0.005, 0.00375, 0.0025, 0.00125]);
  expect(run.result().steps).toBe(800);
});

test("giving one limit removes the other, and giving none changes neither", () => {
  const bytes = train({ ...config, episodes: 1000 }).checkpoint();
  expect(resume(bytes, { episodes: 7 }).config).toMatchObject({ episodes: 7, steps: null });
  expect(resume(bytes, { episodes: 7, steps: 900 }).config).toMatchObject({ episodes: 7, steps: 900 });
  expect(resume(bytes, { stopWhenSolved: true }).config).toMatchObject({
    episodes: 1000,
    steps: 400,
    stopWhenSolved: true,
  });
});

test("an extended run is saved with its new budget", () => {
  const run = resume(finished(), { steps: 600 });
  run.advance();
  const again = resume(run.checkpoint());
  expect(rates(again)).toEqual(rates(run));
  expect(again.result()).toEqual(run.result());
});

test("a budget below the work already done is refused, and so is an invalid one", () => {
  const bytes = finished();
  expect(() => resume(bytes, { steps: 399 })).toThrow(
    /^steps: got 399, allowed is at least 400, as the run has done so many already$/,
  );
  expect(() => resume(bytes, { episodes: 1.5 })).toThrow(/^episodes: got 1\.5, allowed is a whole number from 1 to/);
  expect(resume(bytes, { steps: 400 }).finished).toBe(true);
});
