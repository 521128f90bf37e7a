/**
 * How much of the returns' variance the values foresaw: 1 - Var(G - V) / Var(G). 1 is a perfect forecast, 0 no better than a
 * constant, below 0 worse than that. Returns that are all alike leave nothing to explain: 0.
 */
export function explainedVariance(values: ArrayLike<number>, returns: ArrayLike<number>): number {
  const total = variance(returns.length, (i) => returns[i]);
  return total === 0 ? 0 : 1 - variance(returns.length, (i) => returns[i] - values[i]) / total;
}

function variance(n: number, at: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += at(i);
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (at(i) - mean) * (at(i) - mean);
  return squares / n;
}
