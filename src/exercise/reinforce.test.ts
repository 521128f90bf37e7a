import { expect, it } from "vitest";
import * as solution from "../../exercises/reinforce/solution.js";
import { sgd } from "../optim/index.js";
import { checkAnswer, exercises } from "./index.js";
import { someEpisodes } from "./reinforce/episodes.js";
import { linearNetwork, weightsOf } from "./small-networks.js";

it("reinforce has a solution whose update gives the weights that float64 arithmetic without tensors gives", () => {
  const policy = linearNetwork([0.4, -0.2, 0.1, 0.3], [0.2, -0.1]);
  solution.update(policy, sgd(policy.parameters(), { learningRate: 0.1 }), someEpisodes, 0.9);
  const golden = [0.3883849, -0.1883849, 0.1155919, 0.2844081, 0.2048025, -0.1048025];
  for (const [i, weight] of weightsOf(policy).entries()) expect(weight).toBeCloseTo(golden[i], 6);
});

it("an exercise says which functions a file lacks", () => {
  const [reinforce] = exercises;
  const { loss: _, ...rest } = solution;
  const faults = [...checkAnswer({ tests: reinforce.tests.slice(0, 13) }, rest)].map(
    ({ evidence: { fault } }) => fault,
  );
  expect(faults).toContainEqual({ mistake: "missing", detail: "there is no function loss" });
});
