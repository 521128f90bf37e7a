/** The names that PyTorch has. */
import type { Mlp } from "ascent/nn";
import { clipGradNorm, type Optimizer } from "ascent/optim";
import { stack } from "ascent/tensor";
import { type Episode, logProbs, loss, normalise, returnsToGo } from "../solution.js";

export function update(policy: Mlp, optimizer: Optimizer, episodes: readonly Episode[], gamma: number): void {
  const advantages = normalise(episodes.map(({ rewards }) => returnsToGo(rewards, gamma)));
  const losses = episodes.map((episode, i) => loss(logProbs(policy, episode), advantages[i]));
  const typeless = optimizer as unknown as { zero_grad(): void };
  typeless.zero_grad();
  stack(losses).mean().backward();
  clipGradNorm(policy.parameters(), 1);
  optimizer.step();
}
