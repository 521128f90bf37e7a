/** Added to a variance before its root is taken, so that what never changes is not divided by 0. */
export const EPSILON = 1e-8;
/** What is divided by its deviation is cut beyond so many of them. */
export const CLIP = 10;

/**
 * Mean and variance of everything seen so far, one a column, taken in row by row of a batch (Chan, Golub & LeVeque 1983):
 *
 *   δ = mean(batch) - μ      μ ← μ + δ·m/(n + m)      σ² ← (nσ² + mσ²(batch) + δ²nm/(n + m)) / (n + m)
 *
 * They start as mean 0 and variance 1 with the weight of 1e-4 rows, so that the first rows count almost alone.
 */
export class RunningMoments {
  readonly size: number;
  readonly mean: Float64Array;
  /** Divided by n, not by n - 1. */
  readonly variance: Float64Array;
  /** [rows taken in] */
  readonly count: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.count = Float64Array.of(1e-4);
  }

  /** Takes in `count` rows of `size` numbers. */
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

  /** What a checkpoint holds, by name; writing to these arrays restores. */
  state(): [name: string, values: Float64Array][] {
    return [
      ["mean", this.mean],
      ["variance", this.variance],
      ["count", this.count],
    ];
  }
}
