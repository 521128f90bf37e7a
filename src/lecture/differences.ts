/** Numbers that checks compare. */

/** max |aₖ − bₖ|. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k] - b[k]));
  return most;
}

/** A difference as `3e-12`, or `0`. */
export function shortly(difference: number): string {
  return difference === 0 ? "0" : difference.toExponential(0);
}
