/**
 * Rewards brought to a common scale, so that one learning rate suits environments that pay by the thousand and by the
 * thousandth: each is divided by the deviation of the discounted return that runs along with its environment,
 *
 *   Rₜ = γ·Rₜ₋₁ + rₜ      r' = clip(r / √(Var[R] + 1e-8), ±10)
 *
 * with R = 0 at the start of an episode. Rewards are not shifted: that would change what is worth doing. The returns that
 * are reported stay in the environment's own units.
 */

import { CLIP, EPSILON, RunningMoments } from "../running-moments.js";

/** Divides rewards by the running deviation of the discounted return: one memory for all copies, one R each. */
export class RewardScaling {
  readonly moments: RunningMoments = new RunningMoments(1);
  /** R of each copy. */
  readonly returns: Float64Array;
  private readonly gamma: number;

  constructor(copies: number, gamma: number) {
    this.returns = new Float64Array(copies);
    this.gamma = gamma;
  }

  /** Takes in the rewards of one step of all copies, and writes them scaled into `out`. */
  scale(rewards: Float64Array, out: Float64Array): void {
    const { returns, gamma, moments } = this;
    for (let i = 0; i < returns.length; i++) returns[i] = gamma * returns[i] + rewards[i];
    moments.update(returns, returns.length);
    const factor = 1 / Math.sqrt(moments.variance[0] + EPSILON);
    for (let i = 0; i < returns.length; i++) out[i] = Math.min(CLIP, Math.max(-CLIP, rewards[i] * factor));
  }

  /** The episode of this copy is over. */
  end(copy: number): void {
    this.returns[copy] = 0;
  }

  /** What a checkpoint holds, by name; writing to these arrays restores. */
  state(): [name: string, values: Float64Array][] {
    return [...this.moments.state(), ["returns", this.returns]];
  }
}
