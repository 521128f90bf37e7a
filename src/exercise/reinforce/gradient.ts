/** The expected gradient of an answer on a world of two steps. */

import type { Test } from "../exercise.js";
import { GAMMA, judgeExpected } from "../two-step.js";
import type { ReinforceAnswer } from "./answer.js";

/** The expectation over all four episodes has to be ∇J. */
export const gradientTest: Test<Pick<ReinforceAnswer, "returnsToGo" | "logProbs" | "loss">> = {
  name: "exact-gradient",
  subject: "loss",
  needs: ["returnsToGo", "logProbs", "loss"],
  wants: "on a world of two steps, an expected gradient equal to the exact ∇J",
  seconds: 10,
  run: ({ logProbs, loss, returnsToGo }) => ({
    fault: judgeExpected((policy, course) => loss(logProbs(policy, course), returnsToGo(course.rewards, GAMMA))),
  }),
};
