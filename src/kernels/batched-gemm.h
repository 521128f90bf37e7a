/* One matrix product for each pair of matrices in two batches. */
#pragma once
#include "gemm.h"

/* c[u] [m, n] = a[u]·b[u] for the pairs `from` to `to`. a and b have strides within a matrix; flags as in `gemm`. */
void KERNEL(batched_gemm)(f32 *c, f32 *a, f32 *b, i32 m, i32 n, i32 k, i32 a_row, i32 a_col, i32 b_row, i32 b_col,
                          i32 flags, i32 from, i32 to) {
  for (i32 u = from; u < to; u++) {
    const matrix left = {a + u * m * k, a_row, a_col}, right = {b + u * k * n, b_row, b_col};
    gemm((matrix){c + u * m * n, n, 1}, left, right, 0, m, n, k, flags);
  }
}
