/** Sums with NumPy's bits, on which the last bits of Gymnasium's rewards depend. */

/**
 * The sum of up to 128 numbers in the order of NumPy's pairwise summation: eight partial sums, joined as a tree, then the
 * rest one by one. `round` is the precision of each addition.
 */
function pairwise(values: ArrayLike<number>, round: (x: number) => number): number {
  const n = values.length;
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = round(sum + values[i]);
    return sum;
  }
  const r = Array.from({ length: 8 }, (_, k) => values[k]);
  const whole = n - (n % 8);
  for (let i = 8; i < whole; i += 8) for (let k = 0; k < 8; k++) r[k] = round(r[k] + values[i + k]);
  const pair = (k: number): number => round(r[k] + r[k + 1]);
  let sum = round(round(pair(0) + pair(2)) + round(pair(4) + pair(6)));
  for (let i = whole; i < n; i++) sum = round(sum + values[i]);
  return sum;
}

const float64 = (x: number): number => x;

/** weight · Σ xᵢ² of float32 numbers, each operation rounded to float32 as NumPy does it. At most 128 numbers. */
export function weightedSquares32(weight: number, values: Float32Array): number {
  const squares = values.map((x) => x * x);
  return Math.fround(Math.fround(weight) * pairwise(squares, Math.fround));
}

/** Σ xᵢ² in float64. At most 128 numbers. */
export function squares64(values: Float64Array): number {
  return pairwise(
    values.map((x) => x * x),
    float64,
  );
}
