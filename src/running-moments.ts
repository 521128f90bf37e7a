/** Added to a variance before its root is taken, so that a constant is not divided by 0. */
export const EPSILON = 1e-8;
/** Normalised values are clipped to ± this many deviations. */
export const CLIP = 10;

/**
 * The mean and variance of all rows seen so far, column by column, updated with one batch at a time (Chan, Golub &
 * LeVeque 1983):
 *
 *   δ = mean(batch) - μ      μ ← μ + δ·m/(n + m)      σ² ← (nσ² + mσ²(batch) + δ²nm/(n + m)) / (n + m)
 *
 * They start as mean 0 and variance 1 with the weight of 1e-4 rows, so the first rows determine them almost alone.
 */
export class RunningMoments {
  readonly size: number;
  readonly mean: Float64Array;
  /** The sum of squares divided by n, not by n - 1. */
  readonly variance: Float64Array;
  /** [number of rows seen] */
  readonly count: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.count = Float64Array.of(1e-4);
  }

  /** Updates the moments with `count` rows of `size` numbers. */
  update(rows: ArrayLike<number>, count: number): void {
    const { size, mean, variance } = this;
    const before = this.count[0];
    const total = before + count;
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += rows[i * size + j];
      const batchMean = sum / count;
      let squares = 0;
      for (let i = 0; i < count; i++) squares += (rows[i * size + j] - batchMean) * (rows[i * size + j] - batchMean);
      const delta = batchMean - mean[j];
      mean[j] += (delta * count) / total;
      variance[j] = (variance[j] * before + squares + (delta * delta * before * count) / total) / total;
    }
    this.count[0] = total;
  }

  /** The state by name, for checkpoints. Overwriting these arrays restores it. */
  state(): [name: string, values: Float64Array][] {
    return [
      ["mean", this.mean],
      ["variance", this.variance],
      ["count", this.count],
    ];
  }
}
