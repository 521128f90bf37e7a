/** Gradients are scaled down to half the length. */
import { clipGradNorm } from "ascent/optim";
import { criticLoss, type Learner, logProbs, policyLoss, type Steps, targets, values } from "../solution.js";

export function update(learner: Learner, steps: Steps, gamma: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const aims = targets(steps, values(critic, steps.nextObservations), gamma);
  const expected = values(critic, steps.observations);
  const loss = policyLoss(logProbs(policy, steps), aims, expected).add(criticLoss(expected, aims));
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  loss.backward();
  clipGradNorm(policy.parameters(), 0.5);
  clipGradNorm(critic.parameters(), 0.5);
  policyOptimizer.step();
  criticOptimizer.step();
}
