/**
 * Solves M X = B for an n × n matrix by Gaussian elimination with partial pivoting, where B and X have `width` columns. Returns
 * undefined if M is singular to within rounding. All are in row-major order; neither argument is changed.
 */
export function solve(matrix: Float64Array, right: Float64Array, width = 1): Float64Array | undefined {
  const n = right.length / width;
  const m = Float64Array.from(matrix);
  const x = Float64Array.from(right);
  const largest = m.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let k = 0; k < n; k++) {
    const pivot = pivotRow(m, n, k);
    if (!(Math.abs(m[pivot * n + k]) > 1e-14 * largest)) return undefined;
    if (pivot !== k) {
      swapRows(m, n, pivot, k);
      swapRows(x, width, pivot, k);
    }
    for (let i = k + 1; i < n; i++) {
      const factor = m[i * n + k] / m[k * n + k];
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) m[i * n + j] -= factor * m[k * n + j];
      for (let c = 0; c < width; c++) x[i * width + c] -= factor * x[k * width + c];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) {
      const factor = m[i * n + j];
      if (factor !== 0) for (let c = 0; c < width; c++) x[i * width + c] -= factor * x[j * width + c];
    }
    // Adding 0 turns -0 into 0.
    for (let c = 0; c < width; c++) x[i * width + c] = x[i * width + c] / m[i * n + i] + 0;
  }
  return x;
}

function pivotRow(m: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(m[i * n + k]) > Math.abs(m[best * n + k])) best = i;
  }
  return best;
}

function swapRows(m: Float64Array, width: number, a: number, b: number): void {
  const row = m.slice(a * width, a * width + width);
  m.copyWithin(a * width, b * width, b * width + width);
  m.set(row, b * width);
}
