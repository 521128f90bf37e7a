/** Numbers that checks compare. */

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
