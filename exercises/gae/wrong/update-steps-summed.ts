/** The steps of the policy's loss are added up. */
import { clipGradNorm } from "ascent/optim";
import { tensor } from "ascent/tensor";
import { deltas, gae, type Learner, logProbs, normalise, type Steps, values, valueTargets } from "../solution.js";

export function update(learner: Learner, steps: Steps, gamma: number, lambda: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const expected = values(critic, steps.observations);
  const before = [...expected.toArray()];
  const after = [...values(critic, steps.nextObservations).toArray()];
  const advantages = gae(steps, deltas(steps, before, after, gamma), gamma, lambda);
  const policyLoss = logProbs(policy, steps)
    .mul(tensor(normalise(advantages)))
    .sum()
    .neg();
  const criticLoss = expected
    .sub(tensor(valueTargets(advantages, before)))
    .square()
    .mean();
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  policyLoss.add(criticLoss).backward();
  clipGradNorm(policy.parameters(), 0.5);
  clipGradNorm(critic.parameters(), 0.5);
  policyOptimizer.step();
  criticOptimizer.step();
}
