/** A deviation of 0 as the divisor: NaN for a single step. */
export function normalise(returns: readonly (readonly number[])[]): number[][] {
  const all = returns.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  return returns.map((episode) => episode.map((value) => (value - mean) / deviation));
}
