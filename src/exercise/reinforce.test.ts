import { expect, it } from "vitest";
import * as ppo from "../../exercises/ppo/solution.js";
import * as solution from "../../exercises/reinforce/solution.js";
import type { Mlp } from "../nn/index.js";
import { sgd } from "../optim/index.js";
import type { Generator } from "../random/index.js";
import * as tensors from "../tensor/index.js";
import { checkAnswer, exercises } from "./index.js";
import type { Episode } from "./reinforce/answer.js";
import { someEpisodes } from "./reinforce/episodes.js";
import { linearNetwork, weightsOf } from "./small-networks.js";

it("reinforce has a solution whose update gives the weights that float64 arithmetic without tensors gives", () => {
  const policy = linearNetwork([0.4, -0.2, 0.1, 0.3], [0.2, -0.1]);
  solution.update(policy, sgd(policy.parameters(), { learningRate: 0.1 }), someEpisodes, 0.9);
  const golden = [0.3883849, -0.1883849, 0.1155919, 0.2844081, 0.2048025, -0.1048025];
  for (const [i, weight] of weightsOf(policy).entries()) expect(weight).toBeCloseTo(golden[i], 6);
});

it("usual slips with names, `map` and typed arrays have sentences of their own", () => {
  const { tensor } = tensors;
  const mistakeOf = (name: string, test: string, slip: object): string | undefined => {
    const tests = exercises.find((exercise) => exercise.name === name)?.tests ?? [];
    const answer = { ...solution, ...ppo, ...slip };
    return tests.find((one) => one.name === test)?.run(answer).fault?.mistake;
  };
  // TypeScript refuses `observations.map(tensor)`; JavaScript calls it.
  const mapped = {
    logProbs: (_: Mlp, { observations }: Episode) => observations.map((...given) => Reflect.apply(tensor, null, given)),
  };
  expect(mistakeOf("reinforce", "log-probs", mapped)).toBe("mapped-directly");
  const unknown = {
    loss() {
      throw new ReferenceError("tensor is not defined");
    },
  };
  expect(mistakeOf("reinforce", "loss-value", unknown)).toBe("not-imported");
  const dealt = { minibatches: (size: number, _: number, rng: Generator) => [rng.permutation(size)] };
  expect(mistakeOf("ppo", "minibatches", dealt)).toBe("typed-array");
});

it("an exercise says which functions a file lacks", () => {
  const [reinforce] = exercises;
  const { loss: _, ...rest } = solution;
  const faults = [...checkAnswer({ tests: reinforce.tests.slice(0, 13) }, rest)].map(
    ({ evidence: { fault } }) => fault,
  );
  expect(faults).toContainEqual({ mistake: "missing", detail: "there is no function loss" });
});
