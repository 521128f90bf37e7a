/** Tests of the losses. */

import { tensor } from "../../tensor/index.js";
import { criticLossTests, policyLossTests } from "../critic-losses.js";
import type { Test } from "../exercise.js";
import { rightLogProbs } from "../small-networks.js";
import { GAMMA, judgeExpected, stepsOf } from "../two-step.js";
import type { ActorCriticAnswer } from "./answer.js";

type LossAnswer = Pick<ActorCriticAnswer, "targets" | "policyLoss" | "criticLoss">;

/** Values and gradients of both losses, and the exact gradient with the exact V. */
export const lossTests: readonly Test<LossAnswer>[] = [
  ...policyLossTests<LossAnswer>("target", ({ policyLoss }, logProbs, targets, values) =>
    policyLoss(logProbs, tensor(targets), values),
  ),
  {
    name: "exact-gradient",
    subject: "policyLoss",
    needs: ["targets", "policyLoss"],
    wants: "on a world of two steps, the exact ∇J where V is exact",
    seconds: 10,
    run: ({ targets, policyLoss }) => ({
      fault: judgeExpected((policy, course) => {
        const aims = targets(stepsOf(course), tensor(course.nextValues), GAMMA);
        return policyLoss(rightLogProbs(policy, course), aims, tensor(course.values));
      }),
    }),
  },
  ...criticLossTests<LossAnswer>("criticLoss", "target", ({ criticLoss }, values, targets) =>
    criticLoss(values, tensor(targets)),
  ),
];
