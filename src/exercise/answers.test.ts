/** Starter, wrong answers and solution of every exercise, and the mistakes that they have to show. */

import { describe, expect, it } from "vitest";
import { checkAnswer, exercises, type GradedExercise } from "./index.js";

/** Each wrong answer, with the mistake that it has to show and the first test that shows it. */
const wrongAnswers: Readonly<Record<string, readonly (readonly [file: string, mistake: string, test: string])[]>> = {
  reinforce: [
    ["returns-forwards", "forwards", "returns-half"],
    ["returns-whole-episode", "whole-episode", "returns-half"],
    ["returns-last-reward-dropped", "last-reward-dropped", "returns-half"],
    ["returns-discount-misplaced", "discount-misplaced", "returns-half"],
    ["returns-discounted-twice", "discounted-twice", "returns-half"],
    ["normalise-each-episode", "wrong-set", "normalise-batch"],
    ["normalise-wrong-sign", "signs-reversed", "normalise-batch"],
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
    ["update-pytorch-names", "unknown-method", "update-once"],
  ],
  baseline: [
    ["values-column", "column-shape", "values"],
    ["values-detached", "detached", "values"],
    ["after-terminal-bootstrapped", "terminal-bootstrapped", "after-terminal"],
    ["after-time-limit-as-death", "time-limit-as-death", "after-time-limit"],
    ["policy-loss-leaks", "baseline-leaks", "policy-loss-gradient"],
    ["policy-loss-baseline-added", "baseline-added", "policy-loss-value"],
    ["policy-loss-wrong-sign", "wrong-sign", "policy-loss-value"],
    ["value-loss-detached", "critic-detached", "critic-loss-gradient"],
    ["value-loss-not-squared", "not-squared", "critic-loss-value"],
    ["value-loss-wrong-sign", "critic-sign", "critic-loss-value"],
    ["update-critic-halved", "critic-halved", "update-once"],
    ["update-policy-unclipped", "unclipped", "update-clipped"],
    ["update-critic-not-moved", "critic-not-moved", "update-once"],
    ["update-time-limit-as-death", "time-limit-as-death", "update-once"],
  ],
  "actor-critic": [
    ["targets-time-limit-as-death", "time-limit-as-death", "targets"],
    ["targets-terminal-bootstrapped", "terminal-bootstrapped", "targets"],
    ["targets-done-off-by-one", "done-off-by-one", "targets"],
    ["targets-not-detached", "target-not-detached", "targets"],
    ["targets-undiscounted", "undiscounted", "targets"],
    ["policy-loss-leaks", "baseline-leaks", "policy-loss-gradient"],
    ["policy-loss-wrong-sign", "wrong-sign", "policy-loss-value"],
    ["policy-loss-baseline-ignored", "baseline-ignored", "policy-loss-value"],
    ["critic-loss-detached", "critic-detached", "critic-loss-gradient"],
    ["update-clipped-together", "clipped-together", "update-clipped"],
    ["update-other-limit", "other-limit", "update-once"],
    ["update-critic-tenth", "wrong-scale", "update-once"],
    ["update-without-zero-grad", "missing-zero-grad", "update-twice"],
  ],
  gae: [
    ["deltas-time-limit-as-death", "time-limit-as-death", "deltas"],
    ["deltas-terminal-bootstrapped", "terminal-bootstrapped", "deltas"],
    ["deltas-done-off-by-one", "done-off-by-one", "deltas"],
    ["gae-across-episodes", "across-episodes", "gae-ends"],
    ["gae-across-time-limits", "across-time-limits", "gae-ends"],
    ["gae-done-off-by-one", "done-off-by-one", "gae-ends"],
    ["gae-gamma-missing", "gamma-missing", "gae-ends"],
    ["gae-lambda-missing", "lambda-missing", "gae-zero"],
    ["value-targets-difference", "difference-for-sum", "value-targets"],
    ["value-targets-advantage", "value-missing", "value-targets"],
    ["update-targets-normalised", "targets-normalised", "update-once"],
    ["update-not-normalised", "advantages-not-normalised", "update-once"],
    ["update-critic-on-advantages", "critic-on-advantages", "update-once"],
    ["update-steps-summed", "steps-summed", "update-once"],
  ],
  ppo: [
    ["ratios-of-logarithms", "ratio-of-logarithms", "ratios"],
    ["ratios-from-probabilities", "ratio-from-probabilities", "ratios-unlikely"],
    ["ratios-not-exponential", "ratio-not-exponential", "ratios"],
    ["ratios-inverted", "ratio-inverted", "ratios"],
    ["policy-loss-wrong-sign", "wrong-sign", "policy-loss-beyond"],
    ["policy-loss-unclipped", "unclipped-ratio", "policy-loss-beyond"],
    ["policy-loss-max", "max-for-min", "policy-loss-beyond"],
    ["policy-loss-clipped-only", "clipped-only", "policy-loss-cases"],
    ["policy-loss-fixed-clip", "clip-ignored", "policy-loss-cases"],
    ["policy-loss-summed", "steps-summed", "policy-loss-cases"],
    ["policy-loss-nothing-returned", "nothing-returned", "policy-loss-beyond"],
    ["policy-loss-not-a-tensor", "not-a-tensor", "policy-loss-beyond"],
    ["minibatches-repeated", "rows-repeated", "minibatches"],
    ["minibatches-dropped", "rows-dropped", "minibatches"],
    ["minibatches-in-order", "not-shuffled", "minibatches"],
    ["update-old-log-probs-recomputed", "old-log-probs-recomputed", "update-minibatches"],
    ["update-one-epoch", "one-epoch", "update-once"],
    ["update-judged-again", "advantages-judged-again", "update-once"],
    ["update-rows-misaligned", "rows-misaligned", "update-minibatches"],
    ["update-normalised-by-minibatch", "normalised-by-minibatch", "update-minibatches"],
    ["update-one-order", "one-order", "update-orders"],
    ["update-fixed-clip", "settings-ignored", "update-minibatches"],
    ["update-fixed-epochs", "settings-ignored", "update-minibatches"],
    ["update-critic-on-advantages", "critic-on-advantages", "update-minibatches"],
    ["update-critic-halved", "critic-halved", "update-minibatches"],
    ["update-critic-sign", "critic-sign", "update-minibatches"],
    ["update-errors-summed", "steps-summed", "update-minibatches"],
    ["update-policy-unclipped", "unclipped", "update-minibatches"],
    ["update-clipped-early", "unclipped", "update-minibatches"],
    ["update-clipped-together", "clipped-together", "update-minibatches"],
  ],
};

describe.each(exercises.map((exercise) => [exercise.name, exercise] as const))("the exercise %s", (name, exercise) => {
  const read = (file: string): Promise<object> => import(`../../exercises/${name}/${file}.ts`);

  it("finds nothing wrong with its solution, and leaves out no test", async () => {
    const results = [...checkAnswer(quick(exercise), await read("solution"))];
    expect(results.map(({ test, evidence, waitsFor }) => [test.name, evidence.fault, waitsFor])).toEqual(
      quick(exercise).tests.map((test) => [test.name, undefined, []]),
    );
    expect(results).toHaveLength(exercise.tests.length - 1);
  });

  it("fails each test of its starter because the function under test is not written, or a part of it is not", async () => {
    for (const { test, evidence, waitsFor } of checkAnswer(exercise, await read("starter"))) {
      const { name, subject } = test;
      const fault = { mistake: "not-written", detail: `Error: ${subject} is not written yet` };
      if (test.needs === undefined) expect(evidence.fault, name).toMatchObject(fault);
      else expect(waitsFor, name).not.toEqual([]);
    }
  });

  it.each(wrongAnswers[name])("names the mistake of wrong/%s: %s", async (file, mistake, test) => {
    const answer = { ...(await read("solution")), ...(await import(`../../exercises/${name}/wrong/${file}.ts`)) };
    const found = [...checkAnswer(quick(exercise), answer)].flatMap(({ test, evidence: { fault } }) =>
      fault === undefined ? [] : [[test.name, fault.mistake]],
    );
    expect(found[0]).toEqual([test, mistake]);
    expect(new Set(found.map(([, one]) => one))).toEqual(new Set([mistake]));
  });
});

/** Learning takes seconds, so `bench/exercise` has that test. */
function quick({ tests }: GradedExercise): Pick<GradedExercise, "tests"> {
  return { tests: tests.filter(({ name }) => name !== "cart-pole") };
}
