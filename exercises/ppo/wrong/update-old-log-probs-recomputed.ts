/** The old log-probabilities by the policy as it is now. */
import { clipGradNorm } from "ascent/optim";
import type { Generator } from "ascent/random";
import { tensor } from "ascent/tensor";
import {
  judged,
  type Learner,
  logProbs,
  minibatches,
  pick,
  policyLoss,
  ratios,
  type Settings,
  type Steps,
  values,
} from "../solution.js";

export function update(learner: Learner, steps: Steps, settings: Settings, rng: Generator): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const { clip, epochs, minibatchSize } = settings;
  const { advantages, targets } = judged(critic, steps, settings);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const rows of minibatches(advantages.length, minibatchSize, rng)) {
      const observations = pick(steps.observations, rows);
      const now = logProbs(policy, observations, pick(steps.actions, rows));
      const rho = ratios(now, [...now.toArray()]);
      const criticLoss = values(critic, observations)
        .sub(tensor(pick(targets, rows)))
        .square()
        .mean();
      policyOptimizer.zeroGrad();
      criticOptimizer.zeroGrad();
      policyLoss(rho, pick(advantages, rows), clip).add(criticLoss).backward();
      clipGradNorm(policy.parameters(), 0.5);
      clipGradNorm(critic.parameters(), 0.5);
      policyOptimizer.step();
      criticOptimizer.step();
    }
  }
}
