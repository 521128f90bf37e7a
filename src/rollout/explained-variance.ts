import { ROUNDING } from "./normalise.js";

/**
 * The fraction of the returns' variance that the values predict: 1 - Var(G - V) / Var(G). 1 is a perfect prediction, 0 is
 * no better than a constant, and negative numbers are worse. If all returns are equal, except for rounding, it is 0:
 * there is nothing to predict, and the quotient of two rounding errors can be any number.
 */
export function explainedVariance(values: ArrayLike<number>, returns: ArrayLike<number>): number {
  const total = variance(returns.length, (i) => returns[i]);
  let largest = 0;
  for (let i = 0; i < returns.length; i++) largest = Math.max(largest, Math.abs(returns[i]));
  if (Math.sqrt(total) <= ROUNDING * largest) return 0;
  return 1 - variance(returns.length, (i) => returns[i] - values[i]) / total;
}

function variance(n: number, at: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += at(i);
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (at(i) - mean) * (at(i) - mean);
  return squares / n;
}
