import { describe, expect, it } from "vitest";
import * as solution from "../../exercises/reinforce/solution.js";
import * as starter from "../../exercises/reinforce/starter.js";
import { sgd } from "../optim/index.js";
import { checkAnswer, exercises } from "./index.js";
import { linearPolicy, someEpisodes, weightsOf } from "./reinforce/policies.js";

const [reinforce] = exercises;
/** Learning takes seconds, so `bench/exercise` has that test. */
const quick = { tests: reinforce.tests.filter(({ name }) => name !== "cart-pole") };

/** The mistakes found, by test, in an answer that differs from the solution in these functions. */
function mistakesIn(functions: object): Record<string, string> {
  const results = [...checkAnswer(quick, { ...solution, ...functions })];
  return Object.fromEntries(
    results.flatMap(({ test, evidence: { fault } }) => (fault ? [[test.name, fault.mistake]] : [])),
  );
}

describe("the exercise reinforce", () => {
  it("finds nothing wrong with its solution, and leaves out no test", () => {
    const results = [...checkAnswer(quick, solution)];
    expect(results.map(({ test, evidence, waitsFor }) => [test.name, evidence.fault, waitsFor])).toEqual(
      quick.tests.map(({ name }) => [name, undefined, []]),
    );
    expect(results).toHaveLength(13);
  });

  it("fails each test of its starter because the function under test is not written, or a part of it is not", () => {
    for (const { test, evidence, waitsFor } of checkAnswer(reinforce, starter)) {
      const { name, subject } = test;
      const fault = { mistake: "not-written", detail: `Error: ${subject} is not written yet` };
      expect(waitsFor.length > 0 ? "waits" : evidence.fault, name).toEqual(test.needs === undefined ? fault : "waits");
    }
  });

  it.each([
    ["returns-forwards", "forwards", "returns-half"],
    ["returns-whole-episode", "whole-episode", "returns-half"],
    ["returns-last-reward-dropped", "last-reward-dropped", "returns-half"],
    ["returns-discount-misplaced", "discount-misplaced", "returns-half"],
    ["returns-discounted-twice", "discounted-twice", "returns-half"],
    ["normalise-each-episode", "wrong-set", "normalise-batch"],
    ["normalise-deviation-of-one", "deviation-of-one", "normalise-one-step"],
    ["act-greedy", "greedy", "actions-drawn"],
    ["log-probs-detached", "detached", "log-probs"],
    ["log-probs-column", "column-shape", "log-probs"],
    ["loss-wrong-sign", "wrong-sign", "loss-value"],
    ["loss-mean", "mean-for-sum", "loss-value"],
    ["loss-outer-product", "outer-product", "loss-value"],
    ["update-without-zero-grad", "missing-zero-grad", "update-twice"],
    ["update-stale-graph", "stale-graph", "update-twice"],
    ["update-unclipped", "unclipped", "update-clipped"],
  ])("names the mistake of wrong/%s: %s", async (file, mistake, test) => {
    const wrong = await import(`../../exercises/reinforce/wrong/${file}.ts`);
    const found = mistakesIn(wrong);
    expect(Object.entries(found)[0]).toEqual([test, mistake]);
    expect(new Set(Object.values(found))).toEqual(new Set([mistake]));
  });

  it("has a solution whose update gives the weights that float64 arithmetic without tensors gives", () => {
    const policy = linearPolicy([0.4, -0.2, 0.1, 0.3], [0.2, -0.1]);
    solution.update(policy, sgd(policy.parameters(), { learningRate: 0.1 }), someEpisodes, 0.9);
    const golden = [0.3883849, -0.1883849, 0.1155919, 0.2844081, 0.2048025, -0.1048025];
    for (const [i, weight] of weightsOf(policy).entries()) expect(weight).toBeCloseTo(golden[i], 6);
  });

  it("says which functions a file lacks", () => {
    const { loss: _, ...rest } = solution;
    const faults = [...checkAnswer(quick, rest)].map(({ evidence: { fault } }) => fault);
    expect(faults).toContainEqual({ mistake: "missing", detail: "there is no function loss" });
  });
});
