/** Tests of the losses. */

import { tensor } from "../../tensor/index.js";
import { criticLossTests, policyLossTests } from "../critic-losses.js";
import type { Test } from "../exercise.js";
import { rightReturns } from "../reinforce/returns.js";
import { rightLogProbs } from "../small-networks.js";
import { GAMMA, judgeExpected } from "../two-step.js";
import type { BaselineAnswer } from "./answer.js";

type LossAnswer = Pick<BaselineAnswer, "policyLoss" | "valueLoss">;

/** A number for each state that has nothing to do with its value. */
const FAR_FROM_V = [0.7, -0.3, 1.4];

/** Values and gradients of both losses, and the exact gradient with a baseline that is far from V. */
export const lossTests: readonly Test<LossAnswer>[] = [
  ...policyLossTests<LossAnswer>("return", ({ policyLoss }, logProbs, returns, values) =>
    policyLoss(logProbs, returns, values),
  ),
  {
    name: "exact-gradient",
    subject: "policyLoss",
    needs: ["policyLoss"],
    wants: "on a world of two steps, the exact ∇J with any baseline that depends on the state alone",
    seconds: 10,
    run: ({ policyLoss }) => ({
      fault: judgeExpected((policy, course) => {
        const baseline = tensor(course.states.slice(0, -1).map((state) => FAR_FROM_V[state]));
        return policyLoss(rightLogProbs(policy, course), rightReturns(course.rewards, GAMMA), baseline);
      }),
    }),
  },
  ...criticLossTests<LossAnswer>("valueLoss", "return", ({ valueLoss }, values, returns) => valueLoss(values, returns)),
];
