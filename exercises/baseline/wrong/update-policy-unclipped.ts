/** Only the critic's gradient is scaled down. */
import { clipGradNorm } from "ascent/optim";
import { stack } from "ascent/tensor";
import {
  type Episode,
  type Learner,
  logProbs,
  policyLoss,
  returnsToGo,
  valueAfter,
  valueLoss,
  values,
} from "../solution.js";

export function update(learner: Learner, episodes: readonly Episode[], gamma: number): void {
  const { policy, critic, policyOptimizer, criticOptimizer } = learner;
  const losses = episodes.map((episode) => {
    const returns = returnsToGo(episode.rewards, gamma, valueAfter(critic, episode));
    const expected = values(critic, episode.observations);
    return policyLoss(logProbs(policy, episode), returns, expected).add(valueLoss(expected, returns));
  });
  policyOptimizer.zeroGrad();
  criticOptimizer.zeroGrad();
  stack(losses).mean().backward();
  clipGradNorm(critic.parameters(), 1);
  policyOptimizer.step();
  criticOptimizer.step();
}
