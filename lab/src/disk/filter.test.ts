import { expect, test } from "vitest";
import { filterOf } from "./filter.js";
import { someRun } from "./some-run.js";

const run = someRun({
  name: "runs/My run",
  algorithm: "ppo",
  env: "CartPole-v1",
  seed: "3",
  averageReturn: 475.5,
  verdict: { kind: "solved", text: "Solved." },
});

test.each([
  ["", true],
  ["cartpole", true],
  ["env:CartPole algorithm:ppo solved", true],
  ["env:CartPole algorithm:a2c", false],
  ["-solved", false],
  ["-collapsed", true],
  ["seed:3", true],
  ["seed:33", false],
  ["seed:", true],
  ["mean>400", true],
  ["mean>=475.5 mean<=475.5", true],
  ["mean<-1e3", false],
  ["steps>0", false],
  ['"my run"', true],
  ["name:run", true],
  ["constructor:x", false],
])("%s", (typed, fits) => {
  expect(filterOf(typed)(run)).toBe(fits);
});
