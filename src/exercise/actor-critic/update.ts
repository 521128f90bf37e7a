/** Tests of an update of policy and critic. */

import { type Tensor, tensor } from "../../tensor/index.js";
import { descend, type Step, updatesBy, updateTests } from "../moves.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import { rightTargets, type Steps, scaledSteps, someSteps, valuesAround, wrongTargets } from "../steps.js";
import type { ActorCriticAnswer } from "./answer.js";

const GAMMA = 0.9;
const LIMIT = 1;

/** Policy loss plus critic loss. */
function lossOf({ policy, critic }: Learner, steps: Steps, targets: readonly number[]): Tensor {
  const expected = rightValues(critic, steps.observations);
  const aims = tensor(targets);
  const gain = rightLogProbs(policy, steps).mul(aims.sub(expected.detach())).sum();
  return expected.sub(aims).square().mean().sub(gain);
}

/** The loss whose targets carry a gradient. */
function leakingLossOf(learner: Learner, steps: Steps): Tensor {
  const expected = rightValues(learner.critic, steps.observations);
  const goesOn = tensor(steps.terminated.map((end) => (end ? 0 : GAMMA)));
  const aims = rightValues(learner.critic, steps.nextObservations).mul(goesOn).add(tensor(steps.rewards));
  const gain = rightLogProbs(learner.policy, steps).mul(aims.detach().sub(expected.detach())).sum();
  return expected.sub(aims).square().mean().sub(gain);
}

/** One update, two in a row, and one with long gradients. */
export const actorCriticUpdateTests = updateTests<Pick<ActorCriticAnswer, "update">>(
  {
    needs: ["targets", "policyLoss", "criticLoss"],
    wants: "one step of gradient descent for policy and critic",
    limit: LIMIT,
  },
  ({ update }, { scale }) => {
    const steps = scaledSteps(someSteps, scale);
    const targetsOf = (learner: Learner): number[] =>
      rightTargets(steps, valuesAround(learner, steps).nextValues, GAMMA);
    const { right, wrong } = updatesBy((learner) => lossOf(learner, steps, targetsOf(learner)), LIMIT);
    const mistaken = wrongTargets(steps, someSteps.rewards, GAMMA).map(([mistake], i): [typeof mistake, Step] => [
      mistake,
      (learner) => {
        const [, targets] = wrongTargets(steps, valuesAround(learner, steps).nextValues, GAMMA)[i];
        descend(learner, lossOf(learner, steps, targets), { limit: LIMIT });
      },
    ]);
    return {
      answer: (learner) => update(learner, steps, GAMMA),
      right,
      wrong: [
        ...wrong,
        ["target-not-detached", (learner) => descend(learner, leakingLossOf(learner, steps), { limit: LIMIT })],
        ...mistaken,
      ],
    };
  },
);
