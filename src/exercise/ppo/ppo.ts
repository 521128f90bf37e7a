import type { Exercise } from "../exercise.js";
import { learnsCartPole } from "../training.js";
import type { PpoAnswer } from "./answer.js";
import { minibatchesTest } from "./minibatches.js";
import { policyLossTests } from "./policy-loss.js";
import { ratiosTests } from "./ratios.js";
import { ppoUpdateTests } from "./update.js";

const written = ["ratios", "policyLoss", "minibatches", "update"];

/** Proximal policy optimisation with a clipped loss. */
export const ppo: Exercise<PpoAnswer> = {
  name: "ppo",
  summary: "clipped ratios, and several passes over a batch",
  functions: [...written, "train"],
  tests: [
    ...ratiosTests,
    ...policyLossTests,
    minibatchesTest,
    ...ppoUpdateTests,
    learnsCartPole(written, { episodes: 300, best: 195, lastMean: 150 }),
  ],
};
