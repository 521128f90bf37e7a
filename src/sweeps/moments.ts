export function meanOf(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

/** The same; null, which JSON has, in place of NaN where there are no values. */
export function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : meanOf(values);
}

/** The unbiased variance, Σ(x − x̄)² / (n − 1); NaN for fewer than two values. */
export function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) * (value - mean))) * (values.length / (values.length - 1));
}
