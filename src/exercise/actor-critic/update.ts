/** Tests of an update of policy and critic. */

import { type Tensor, tensor } from "../../tensor/index.js";
import { descend, type Losses } from "../descent.js";
import { type Step, updatesBy, updateTests } from "../moves.js";
import { type Learner, rightLogProbs, rightValues } from "../small-networks.js";
import { rightTargets, type Steps, scaledSteps, someSteps, valuesAround, wrongTargets } from "../steps.js";
import type { ActorCriticAnswer } from "./answer.js";

const GAMMA = 0.9;
const LIMIT = 1;

/** The losses for these targets. The critic's lets a gradient into targets that have one. */
function lossesOf({ policy, critic }: Learner, steps: Steps, targets: Tensor): Losses {
  const expected = rightValues(critic, steps.observations);
  const gain = rightLogProbs(policy, steps).mul(targets.detach().sub(expected.detach())).sum();
  return { policy: gain.neg(), critic: expected.sub(targets).square().mean() };
}

/** Targets with a gradient. */
function leakingTargets({ critic }: Learner, steps: Steps): Tensor {
  const goesOn = tensor(steps.terminated.map((end) => (end ? 0 : GAMMA)));
  return rightValues(critic, steps.nextObservations).mul(goesOn).add(tensor(steps.rewards));
}

/** One update, two in a row, and one with long gradients. */
export const actorCriticUpdateTests = updateTests<Pick<ActorCriticAnswer, "update">>(
  {
    needs: ["targets", "policyLoss", "criticLoss"],
    wants: "one step of gradient descent for policy and critic",
    limit: LIMIT,
  },
  ({ update }, trial) => {
    const steps = scaledSteps(someSteps, trial);
    const nextValues = (learner: Learner): number[] => valuesAround(learner, steps).nextValues;
    const by =
      (targetsFor: (learner: Learner) => Tensor): Step =>
      (learner) =>
        descend(learner, lossesOf(learner, steps, targetsFor(learner)), { limit: LIMIT });
    const { right, wrong } = updatesBy(
      (learner) => lossesOf(learner, steps, tensor(rightTargets(steps, nextValues(learner), GAMMA))),
      LIMIT,
    );
    const mistaken = wrongTargets(steps, steps.rewards, GAMMA).map(
      ([mistake], i) =>
        [mistake, by((learner) => tensor(wrongTargets(steps, nextValues(learner), GAMMA)[i][1]))] as const,
    );
    return {
      answer: (learner) => update(learner, steps, GAMMA),
      right,
      wrong: [...wrong, ["target-not-detached", by((learner) => leakingTargets(learner, steps))], ...mistaken],
    };
  },
);
