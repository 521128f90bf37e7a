/** The gradients of earlier updates stay in. */
import { clipGradNorm } from "ascent/optim";
import { criticLoss, type Learner, logProbs, policyLoss, type Steps, targets, values } from "../solution.js";

export function update(learner: Learner, steps: Steps, gamma: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const aims = targets(steps, values(critic, steps.nextObservations), gamma);
  const expected = values(critic, steps.observations);
  policyLoss(logProbs(policy, steps), aims, expected).add(criticLoss(expected, aims)).backward();
  clipGradNorm(policy.parameters(), 1);
  clipGradNorm(critic.parameters(), 1);
  policyOptimizer.step();
  criticOptimizer.step();
}
