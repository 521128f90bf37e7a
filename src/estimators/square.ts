/** |x|², the sum of squares. */
export function square(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}

/** |x|, the length of a vector. */
export function norm(x: Float64Array): number {
  return Math.sqrt(square(x));
}

/** The cosine of the angle between two vectors. */
export function cosine(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, k) => sum + value * y[k], 0) / Math.sqrt(square(x) * square(y));
}
