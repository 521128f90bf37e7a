import type { Exercise } from "../exercise.js";
import { learnsCartPole } from "../training.js";
import type { ActorCriticAnswer } from "./answer.js";
import { lossTests } from "./losses.js";
import { targetsTests } from "./targets.js";
import { actorCriticUpdateTests } from "./update.js";

const written = ["targets", "policyLoss", "criticLoss", "update"];

/** The one-step actor-critic. */
export const actorCritic: Exercise<ActorCriticAnswer> = {
  name: "actor-critic",
  summary: "targets by V after one step; how episodes end",
  functions: [...written, "train"],
  tests: [
    ...targetsTests,
    ...lossTests,
    ...actorCriticUpdateTests,
    learnsCartPole(written, { episodes: 600, best: 195, lastMean: 100 }),
  ],
};
