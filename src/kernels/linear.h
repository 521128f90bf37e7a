/* A layer, y = activation(x·W + b), and the parts of its gradient. */
#pragma once
#include "columns.h"
#include "elementwise.h"
#include "gemm.h"

enum { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_TANH, ACTIVATION_GELU };

/* C [m, n] = A·B. A and B have strides. */
void KERNEL(gemm)(f32 *c, f32 *a, f32 *b, i32 m, i32 n, i32 k, i32 a_row, i32 a_col, i32 b_row, i32 b_col, i32 flags) {
  gemm((matrix){c, n, 1}, (matrix){a, a_row, a_col}, (matrix){b, b_row, b_col}, 0, m, n, k, flags);
}

/*
 * x [m, k], w [k, n], bias [n] or none, y [m, n]. `before` [m, n] receives x·W + b if the activation's slope needs it
 * (gelu).
 */
static void layer(f32 *y, f32 *before, f32 *x, f32 *w, f32 *bias, i32 m, i32 k, i32 n, i32 activation) {
  f32 *z = activation == ACTIVATION_GELU && before ? before : y;
  gemm((matrix){z, n, 1}, (matrix){x, k, 1}, (matrix){w, n, 1}, bias, m, n, k, activation == ACTIVATION_RELU ? GEMM_RELU : 0);
  if (activation == ACTIVATION_TANH) tanh_in_place(y, m * n);
  if (activation == ACTIVATION_GELU) gelu(y, z, m * n);
}

void KERNEL(linear)(f32 *y, f32 *before, f32 *x, f32 *w, f32 *bias, i32 m, i32 k, i32 n, i32 activation) {
  layer(y, before, x, w, bias, m, k, n, activation);
}

/* dz = dy · activation'(z), from the output y (relu, tanh) or from z (gelu). dz may be dy. */
static void slope(f32 *dz, const f32 *dy, const f32 *y, const f32 *before, i32 n, i32 activation) {
  switch (activation) {
    case ACTIVATION_RELU: EACH(n, { PUT(dz, pick(GET(y) == 0.0f, splat(0.0f), GET(dy))); }) return;
    case ACTIVATION_TANH: EACH(n, { const vf t = GET(y); PUT(dz, GET(dy) * (1.0f - t * t)); }) return;
    case ACTIVATION_GELU: gelu_slopes(dz, dy, before, n); return;
    default: EACH(n, { PUT(dz, GET(dy)); })
  }
}

void KERNEL(activation_backward)(f32 *dz, const f32 *dy, const f32 *y, const f32 *before, i32 n, i32 activation) {
  slope(dz, dy, y, before, n, activation);
}

void KERNEL(add_columns)(f32 *d, const f32 *x, i32 m, i32 n) { add_columns(d, x, m, n, n); }
