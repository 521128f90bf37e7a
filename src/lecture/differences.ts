/** Numbers that checks compare. */

/** Small enough for an error of 1e-9 in the worlds of the lecture, and large enough for float64. */
const STEP = 1e-5;

/** The slopes of several numbers by central differences: one gradient for each number that `f` returns. */
export function slopesOf(f: (at: Float64Array) => readonly number[], at: Float64Array): Float64Array[] {
  const slopes = f(at).map(() => new Float64Array(at.length));
  for (let k = 0; k < at.length; k++) {
    const [above, below] = [STEP, -STEP].map((step) => f(at.map((value, i) => (i === k ? value + step : value))));
    slopes.forEach((slope, i) => {
      slope[k] = (above[i] - below[i]) / (2 * STEP);
    });
  }
  return slopes;
}

/** max |aₖ − bₖ|. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
  return most;
}

/** |x|. */
export function length(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
}

/** A difference as `3e-12`, or `0`. */
export function shortly(difference: number): string {
  return difference === 0 ? "0" : difference.toExponential(0);
}
