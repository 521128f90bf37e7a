import type { Exercise } from "../exercise.js";
import { learnsCartPole } from "../training.js";
import { actTest } from "./acting.js";
import type { ReinforceAnswer } from "./answer.js";
import { gradientTest } from "./gradient.js";
import { logProbsTest } from "./log-probs.js";
import { lossTests } from "./loss.js";
import { normaliseTests } from "./normalise.js";
import { returnsTests } from "./returns.js";
import { reinforceUpdateTests } from "./update.js";

const written = ["returnsToGo", "normalise", "act", "logProbs", "loss", "update"];

/** The first exercise: REINFORCE with returns to go, normalised over a batch of episodes. */
export const reinforce: Exercise<ReinforceAnswer> = {
  name: "reinforce",
  summary: "returns to go, and a loss with the right gradient",
  functions: [...written, "train"],
  tests: [
    ...returnsTests,
    ...normaliseTests,
    actTest,
    logProbsTest,
    ...lossTests,
    gradientTest,
    ...reinforceUpdateTests,
    learnsCartPole(written, { episodes: 800, best: 195, lastMean: 50 }),
  ],
};
