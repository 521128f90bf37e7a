/**
 * Advantages brought to mean 0 and standard deviation 1 (n - 1 in the denominator), in place.
 *
 * Where all values are equal there is nothing to scale and they become 0; a single value is left as it is, because its
 * standard deviation does not exist (PyTorch's `std` makes NaN of it, and the weights after it).
 */
export function normalise(values: Float64Array): void {
  const n = values.length;
  if (n < 2) return;
  let total = 0;
  for (const value of values) total += value;
  const mean = total / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const std = Math.sqrt(squares / (n - 1));
  for (let i = 0; i < n; i++) values[i] = (values[i] - mean) / (std + 1e-8);
}
