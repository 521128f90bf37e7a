/* A layer: y = activation(x·W + b), and the pieces of its gradient. */
#pragma once
#include "elementwise.h"
#include "gemm.h"

enum { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_TANH, ACTIVATION_GELU };

void KERNEL(gemm)(f32 *c, const f32 *a, const f32 *b, i32 m, i32 n, i32 k, i32 a_row, i32 a_col, i32 b_row, i32 b_col,
                  i32 flags) {
  gemm_strided(c, n, a, a_row, a_col, b, b_row, b_col, 0, m, n, k, flags);
}

/* x [m, k], w [k, n], bias [n] or none, y [m, n]. `before` [m, n] keeps x·W + b where the activation's slope needs it (gelu). */
void KERNEL(linear)(f32 *y, f32 *before, const f32 *x, const f32 *w, const f32 *bias, i32 m, i32 k, i32 n, i32 activation) {
  f32 *z = activation == ACTIVATION_GELU && before ? before : y;
  gemm_strided(z, n, x, k, 1, w, n, 1, bias, m, n, k, activation == ACTIVATION_RELU ? GEMM_RELU : 0);
  if (activation == ACTIVATION_TANH) EACH(m * n, { PUT(y, v16_tanh(GET(y))); })
  if (activation == ACTIVATION_GELU) EACH(m * n, { PUT(y, v16_gelu(GET(z))); })
}

/* dz = dy · activation'(z), from the output y (relu, tanh) or from z itself (gelu). dz may be dy. */
void KERNEL(activation_backward)(f32 *dz, const f32 *dy, const f32 *y, const f32 *before, i32 n, i32 activation) {
  switch (activation) {
    case ACTIVATION_RELU: EACH(n, { PUT(dz, choose(GET(y) == 0.0f, splat(0.0f), GET(dy))); }) return;
    case ACTIVATION_TANH: EACH(n, { const v16 t = GET(y); PUT(dz, GET(dy) * (1.0f - t * t)); }) return;
    case ACTIVATION_GELU: EACH(n, { PUT(dz, GET(dy) * v16_gelu_slope(GET(before))); }) return;
    default: EACH(n, { PUT(dz, GET(dy)); })
  }
}

/* d[j] += Σ_i x[i][j], i = 0, 1, 2 … in this order. */
void KERNEL(add_columns)(f32 *d, const f32 *x, i32 m, i32 n) {
  EACH(n, {
    v16 total = GET(d);
    for (i32 r = 0; r < m; r++) {
      const f32 *row = x + r * n;
      total += GET(row);
    }
    PUT(d, total);
  })
}
