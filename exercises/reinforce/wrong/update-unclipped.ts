/** Nothing limits the length of a gradient. */
import type { Mlp } from "ascent/nn";
import type { Optimizer } from "ascent/optim";
import { stack } from "ascent/tensor";
import { type Episode, logProbs, loss, normalise, returnsToGo } from "../solution.js";

export function update(policy: Mlp, optimizer: Optimizer, episodes: readonly Episode[], gamma: number): void {
  const advantages = normalise(episodes.map(({ rewards }) => returnsToGo(rewards, gamma)));
  const losses = episodes.map((episode, i) => loss(logProbs(policy, episode), advantages[i]));
  optimizer.zeroGrad();
  stack(losses).mean().backward();
  optimizer.step();
}
