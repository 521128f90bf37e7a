import type { Exercise } from "../exercise.js";
import { learnsCartPole } from "../training.js";
import type { BaselineAnswer } from "./answer.js";
import { lossTests } from "./losses.js";
import { baselineUpdateTests } from "./update.js";
import { valueAfterTests, valuesTest } from "./values.js";

const written = ["values", "valueAfter", "policyLoss", "valueLoss", "update"];

/** REINFORCE with a baseline that a critic learns. */
export const baseline: Exercise<BaselineAnswer> = {
  name: "baseline",
  summary: "a critic, and where its gradient may not go",
  functions: [...written, "train"],
  tests: [
    valuesTest,
    ...valueAfterTests,
    ...lossTests,
    ...baselineUpdateTests,
    learnsCartPole(written, { episodes: 600, best: 195, lastMean: 100 }),
  ],
};
