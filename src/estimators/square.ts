/** |x|², the sum of squares. */
export function square(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}

/** |x|, the length of a vector. */
export function norm(x: Float64Array): number {
  return Math.sqrt(square(x));
}
