/** What is said of slips that no module in `exercises/NAME/wrong` can show. */

import { expect, it } from "vitest";
import * as ppoSolution from "../../exercises/ppo/solution.js";
import { pass } from "../../exercises/ppo/wrong/parts/pass.js";
import { compare, exercises, type Fault } from "./index.js";
import { misnamed, withMeantImport } from "./meant.js";

/** The fault of a PPO answer with this update in one of its tests. */
function faultOf(test: string, update: typeof ppoSolution.update): Fault | undefined {
  const tests = exercises.find(({ name }) => name === "ppo")?.tests ?? [];
  return tests.find(({ name }) => name === test)?.run({ ...ppoSolution, update }).fault;
}

it("a function that returns nothing is told so, in every exercise", async () => {
  for (const { name, functions, tests } of exercises) {
    const solution: object = await import(`../../exercises/${name}/solution.ts`);
    for (const subject of functions.filter((one) => !["update", "train"].includes(one))) {
      const [first] = tests.filter((test) => test.subject === subject);
      const { fault } = first.run({ ...solution, [subject]: () => undefined });
      expect(fault?.mistake, `${name}: ${subject}`).toBe("nothing-returned");
    }
  }
});

it("a list of nothing, of wrong signs, or too large by a factor is told so", () => {
  const faultFor = (got: unknown): Fault | undefined => compare("f()", got, [1, 2, 0]);
  expect(faultFor([undefined, undefined, undefined])?.mistake).toBe("nothing-returned");
  expect(faultFor([-1, -2, 0])?.mistake).toBe("signs-reversed");
  const detail = "f() gave [3, 6, 0]; right is [1, 2, 0]. Each is 3 times the right one";
  expect(faultFor([3, 6, 0])).toEqual({ mistake: "wrong-scale", detail });
  expect(faultFor([3, 5, 0])?.mistake).toBe("wrong-value");
  expect(compare("f()", [3, 0], [1, 0])?.mistake).toBe("wrong-value");
});

it("where only the critic is off, nothing is said of the policy", () => {
  const tenth = faultOf("update-minibatches", (learner, steps, settings, rng) =>
    pass(learner, steps, ppoSolution.judged(learner.critic, steps, settings), settings, rng, {
      criticWeight: () => 0.1,
    }),
  );
  expect(tenth?.detail).toMatch(
    /^in one pass in minibatches \[\d(, \d){3}\] and \[\d\], the critic's weights change by/,
  );
  expect(tenth?.detail).not.toMatch(/policy/);
});

it("minibatches may be in any order, and the policy may be asked for more than they need", () => {
  const passes =
    (drawn: (epoch: number) => number[][]): typeof ppoSolution.update =>
    (learner, steps, settings, rng) => {
      const judgement = ppoSolution.judged(learner.critic, steps, settings);
      for (let epoch = 0; epoch < settings.epochs; epoch++) {
        ppoSolution.logProbs(learner.policy, steps.observations, steps.actions);
        pass(learner, steps, judgement, settings, rng, { drawn: drawn(epoch) });
      }
    };
  const own = passes((epoch) => [[3, 1, 4, 0].map((row) => (row + epoch) % 5), [(2 + epoch) % 5]]);
  expect(faultOf("update-minibatches", own)).toBeUndefined();
  expect(faultOf("update-orders", own)).toBeUndefined();
  const once = passes(() => [[3, 1, 4, 0], [2]]);
  expect(faultOf("update-minibatches", once)).toBeUndefined();
});

it("PyTorch's names and misspelt ones are answered with Ascent's", () => {
  const meant = (message: string): unknown => misnamed(message);
  const unknown = (message: string, name: string): unknown => ({
    mistake: "unknown-method",
    detail: `${message}. Did you mean ${name}?`,
  });
  const call = (name: string): string => `TypeError: it.${name} is not a function`;
  for (const [name, ours] of [
    ["zero_grad", "zeroGrad"],
    ["log_prob", "logProb"],
    ["view", "reshape"],
    ["clip", "clamp"],
    ["permutatoin", "permutation"],
  ])
    expect(meant(call(name))).toEqual(unknown(call(name), ours));
  expect(meant(call("mul"))).toEqual({ mistake: "not-a-tensor", detail: call("mul") });
  expect(meant(call("step"))).toBeUndefined();
  expect(meant(call("fly"))).toBeUndefined();
  expect(meant("ReferenceError: clip_grad_norm_ is not defined")).toEqual({
    mistake: "not-imported",
    detail: "ReferenceError: clip_grad_norm_ is not defined. Did you mean clipGradNorm?",
  });
  const lacks = "The requested module 'ascent/optim' does not provide an export named";
  expect(withMeantImport(`${lacks} 'Adam'`)).toBe(`${lacks} 'Adam'. Did you mean adam?`);
  expect(withMeantImport(`${lacks} 'tensor'`)).toBe(`${lacks} 'tensor'. It is in ascent/tensor`);
  expect(withMeantImport("another message")).toBe("another message");
});
