/** |x|², the sum of squares. */
export function square(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}

/** |x|, the length of a vector. */
export function norm(x: Float64Array): number {
  return Math.sqrt(square(x));
}

/** Σ xₖyₖ. */
export function inner(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, k) => sum + value * y[k], 0);
}

/** |x − y|². */
export function squaredDistance(x: Float64Array, y: Float64Array): number {
  return square(x.map((value, k) => value - y[k]));
}

/** |x − y|. */
export function distance(x: Float64Array, y: Float64Array): number {
  return Math.sqrt(squaredDistance(x, y));
}

/** The cosine of the angle between two vectors. */
export function cosine(x: Float64Array, y: Float64Array): number {
  return inner(x, y) / Math.sqrt(square(x) * square(y));
}
