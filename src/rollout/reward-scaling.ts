/**
 * Scales rewards, so that one learning rate suits environments with large and with small rewards. Each reward is divided
 * by the standard deviation of a running discounted return,
 *
 *   Rₜ = γ·Rₜ₋₁ + rₜ      r' = clip(r / √(Var[R] + 1e-8), ±10)
 *
 * with R = 0 at the start of an episode, as in Stable-Baselines3's VecNormalize. Rewards are not shifted, because that
 * would change which policy is best. Reported returns stay in the environment's own units.
 */

import { CLIP, EPSILON, RunningMoments } from "../running-moments.js";

/** Divides rewards by the running deviation of R. Each copy has its own R; all share one variance. */
export class RewardScaling {
  readonly moments: RunningMoments = new RunningMoments(1);
  /** R of each copy. */
  readonly returns: Float64Array;
  private readonly gamma: number;

  constructor(copies: number, gamma: number) {
    this.returns = new Float64Array(copies);
    this.gamma = gamma;
  }

  /** Updates the variance with the rewards of one step of all copies, and writes the scaled rewards to `out`. */
  scale(rewards: Float64Array, out: Float64Array): void {
    const { returns, gamma, moments } = this;
    for (let i = 0; i < returns.length; i++) returns[i] = gamma * returns[i] + rewards[i];
    moments.update(returns, returns.length);
    const factor = 1 / Math.sqrt(moments.variance[0] + EPSILON);
    for (let i = 0; i < returns.length; i++) out[i] = Math.min(CLIP, Math.max(-CLIP, rewards[i] * factor));
  }

  /** Call it when the episode of a copy has ended. */
  end(copy: number): void {
    this.returns[copy] = 0;
  }

  /** The state by name, for checkpoints. Overwriting these arrays restores it. */
  state(): [name: string, values: Float64Array][] {
    return [...this.moments.state(), ["returns", this.returns]];
  }
}
