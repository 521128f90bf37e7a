/** Tests of an update of policy and critic by advantages that GAE estimates. */

import { type Tensor, tensor } from "../../tensor/index.js";
import { descend, type Step, updatesBy, updateTests } from "../moves.js";
import { rightNormalise } from "../reinforce/normalise.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import { rightTargets, type Steps, scaledSteps, someSteps, valuesAround } from "../steps.js";
import type { GaeAnswer } from "./answer.js";
import { rightGae } from "./right.js";

const GAMMA = 0.9;
const LAMBDA = 0.8;
const LIMIT = 0.5;

/** What the critic's V says of steps: GAE's advantages, and V + A. */
export function rightJudgement(
  learner: Pick<Learner, "critic">,
  steps: Steps,
  { gamma, lambda }: { readonly gamma: number; readonly lambda: number },
): { raw: number[]; normalised: number[]; values: number[]; targets: number[] } {
  const { values, nextValues } = valuesAround(learner, steps);
  const deltas = rightTargets(steps, nextValues, gamma).map((target, t) => target - values[t]);
  const raw = rightGae(steps, deltas, gamma, lambda);
  return { raw, normalised: rightNormalise([raw])[0], values, targets: raw.map((a, t) => a + values[t]) };
}

/** -mean(A log π) + mean (V - target)² */
function lossOf(
  { policy, critic }: Learner,
  steps: Steps,
  advantages: readonly number[],
  targets: readonly number[],
): Tensor {
  const gain = rightLogProbs(policy, steps).mul(tensor(advantages)).mean();
  return rightValues(critic, steps.observations).sub(tensor(targets)).square().mean().sub(gain);
}

/** One update, two in a row, and one with long gradients. */
export const gaeUpdateTests = updateTests<Pick<GaeAnswer, "update">>(
  {
    needs: ["deltas", "gae", "valueTargets"],
    wants: "one step of gradient descent for policy and critic",
    limit: LIMIT,
  },
  ({ update }, { scale }) => {
    const steps = scaledSteps(someSteps, scale);
    const judged = (learner: Learner, lambda = LAMBDA) => rightJudgement(learner, steps, { gamma: GAMMA, lambda });
    const by =
      (loss: (learner: Learner) => Tensor): Step =>
      (learner) =>
        descend(learner, loss(learner), { limit: LIMIT });
    const { right, wrong } = updatesBy((learner) => {
      const { normalised, targets } = judged(learner);
      return lossOf(learner, steps, normalised, targets);
    }, LIMIT);
    return {
      answer: (learner) => update(learner, steps, GAMMA, LAMBDA),
      right,
      wrong: [
        ...wrong,
        [
          "advantages-not-normalised",
          by((learner) => {
            const { raw, targets } = judged(learner);
            return lossOf(learner, steps, raw, targets);
          }),
        ],
        [
          "targets-normalised",
          by((learner) => {
            const { normalised, values } = judged(learner);
            return lossOf(
              learner,
              steps,
              normalised,
              normalised.map((a, t) => a + values[t]),
            );
          }),
        ],
        [
          "lambda-missing",
          by((learner) => {
            const { normalised, targets } = judged(learner, 1);
            return lossOf(learner, steps, normalised, targets);
          }),
        ],
      ],
    };
  },
);
