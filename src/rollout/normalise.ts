/** A deviation below this fraction of the largest value is a rounding error of equal values. */
export const ROUNDING = 1e-10;

/**
 * Scales advantages to mean 0 and standard deviation 1 in place: (x - mean) / (std + 1e-8), with n - 1 in std's denominator.
 *
 * If all values are equal, except for rounding, they become 0: dividing rounding errors by their own deviation would turn
 * them into advantages of ±1. A single value is left unchanged, because its standard deviation is undefined (PyTorch's
 * `std` returns NaN for it, which then spreads to the weights).
 */
export function normalise(values: Float64Array): void {
  const n = values.length;
  if (n < 2) return;
  let total = 0;
  for (const value of values) total += value;
  const mean = total / n;
  let squares = 0;
  let largest = 0;
  for (const value of values) {
    squares += (value - mean) * (value - mean);
    largest = Math.max(largest, Math.abs(value));
  }
  const std = Math.sqrt(squares / (n - 1));
  if (std <= ROUNDING * largest) {
    values.fill(0);
    return;
  }
  for (let i = 0; i < n; i++) values[i] = (values[i] - mean) / (std + 1e-8);
}
