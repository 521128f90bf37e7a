/**
 * Scales observations to mean 0 and deviation 1, with the statistics of all observations so far:
 *
 *   x' = clip((x - μ) / √(σ² + 1e-8), ±10)
 *
 * The statistics belong to the policy: checkpoints and exports contain them, and only training changes them.
 */

import { f32 } from "../kernels/memory.js";
import { CLIP, EPSILON, RunningMoments } from "../running-moments.js";

/** Keeps the running mean and variance of each element of an observation, and normalises rows with them. */
export class ObservationNormaliser {
  readonly moments: RunningMoments;
  /** x' = (x - shift)·scale before clipping. In float32, so that an exported policy computes the same bits. */
  readonly shift: Float32Array;
  readonly scale: Float32Array;

  constructor(size: number) {
    this.moments = new RunningMoments(size);
    this.shift = new Float32Array(size);
    this.scale = new Float32Array(size);
    this.refresh();
  }

  /** Updates the statistics with `count` rows of observations. */
  update(rows: Float32Array, count: number): void {
    this.moments.update(rows, count);
    this.refresh();
  }

  /** Normalises `count` rows of kernel memory in place, from float `at` on. */
  apply(at: number, count: number): void {
    const { shift, scale } = this;
    const size = shift.length;
    for (let i = 0, k = at; i < count; i++) {
      for (let j = 0; j < size; j++, k++) {
        const x = Math.fround(Math.fround(f32[k] - shift[j]) * scale[j]);
        f32[k] = Math.min(CLIP, Math.max(-CLIP, x));
      }
    }
  }

  /** Recomputes `shift` and `scale` after the moments were overwritten. */
  refresh(): void {
    const { mean, variance } = this.moments;
    for (let j = 0; j < mean.length; j++) {
      this.shift[j] = mean[j];
      this.scale[j] = 1 / Math.sqrt(variance[j] + EPSILON);
    }
  }
}
