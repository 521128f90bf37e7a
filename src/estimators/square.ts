/** |x|², the sum of squares. */
export function square(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}
