/** Deviations below this share of the largest value are what rounding leaves of values that are equal. */
const ROUNDING = 1e-10;

/**
 * Advantages brought to mean 0 and standard deviation 1 (n - 1 in the denominator, 1e-8 added to it), in place.
 *
 * Where all values are equal, but for rounding, there is nothing to scale and they become 0: dividing the noise by its own
 * deviation would make advantages of ±1 out of nothing. A single value is left as it is, because its standard deviation
 * does not exist (PyTorch's `std` makes NaN of it, and of the weights after it).
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
