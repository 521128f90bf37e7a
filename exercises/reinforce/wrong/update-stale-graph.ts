/** Log-probabilities are computed once and kept, although `backward()` uses them up. */
import type { Mlp } from "ascent/nn";
import { clipGradNorm, type Optimizer } from "ascent/optim";
import { stack, type Tensor } from "ascent/tensor";
import { type Episode, logProbs, loss, normalise, returnsToGo } from "../solution.js";

const kept = new WeakMap<Mlp, Tensor[]>();

export function update(policy: Mlp, optimizer: Optimizer, episodes: readonly Episode[], gamma: number): void {
  const advantages = normalise(episodes.map(({ rewards }) => returnsToGo(rewards, gamma)));
  const known = kept.get(policy) ?? episodes.map((episode) => logProbs(policy, episode));
  kept.set(policy, known);
  const losses = known.map((one, i) => loss(one, advantages[i]));
  optimizer.zeroGrad();
  stack(losses).mean().backward();
  clipGradNorm(policy.parameters(), 1);
  optimizer.step();
}
