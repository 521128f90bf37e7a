/** The critic's optimiser takes no step. */
import { clipGradNorm } from "ascent/optim";
import { stack } from "ascent/tensor";
import { type Episode, type Learner, logProbs, policyLoss, returnsToGo, valueAfter, values } from "../solution.js";

export function update(
  { policy, critic, policyOptimizer }: Learner,
  episodes: readonly Episode[],
  gamma: number,
): void {
  const losses = episodes.map((episode) => {
    const returns = returnsToGo(episode.rewards, gamma, valueAfter(critic, episode));
    return policyLoss(logProbs(policy, episode), returns, values(critic, episode.observations));
  });
  policyOptimizer.zeroGrad();
  stack(losses).mean().backward();
  clipGradNorm(policy.parameters(), 1);
  policyOptimizer.step();
}
