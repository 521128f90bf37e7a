/* One optimiser step for an array of weights. */
#pragma once
#include "elementwise.h"

/* Σ x², exact squares summed in float64, element i in sum i mod 8: one array's part of a global norm. */
f64 KERNEL(sum_squares)(const f32 *x, i32 n) {
  enum { WIDE = LANES / 2 };
#define SQUARE(s)                                                                                                          \
  do {                                                                                                                     \
    const vd v = __builtin_convertvector(*(const vh_unaligned *)(x + i), vd);                                              \
    s += v * v;                                                                                                            \
    i += WIDE;                                                                                                             \
  } while (0)
  vd s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
  i32 i = 0;
  while (i + 8 <= n) {
    SQUARE(s0);
    if (WIDE < 8) SQUARE(s1);
    if (WIDE < 4) SQUARE(s2);
    if (WIDE < 4) SQUARE(s3);
  }
  f64 t[8];
  for (i32 j = 0; j < WIDE; j++) {
    t[j] = s0[j];
    if (WIDE < 8) t[WIDE % 8 + j] = s1[j];
    if (WIDE < 4) t[2 * WIDE % 8 + j] = s2[j], t[3 * WIDE % 8 + j] = s3[j];
  }
  for (i32 j = 0; i < n; i++, j++) t[j] += (f64)x[i] * x[i];
  return ((t[0] + t[4]) + (t[2] + t[6])) + ((t[1] + t[5]) + (t[3] + t[7]));
}

void KERNEL(scale)(f32 *x, i32 n, f32 factor) { EACH(n, { PUT(x, GET(x) * factor); }) }

/*
 * Adam (Kingma & Ba 2015), as PyTorch computes it: m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g²,
 * p ← p - step·m / (√v/root + eps), with step = lr/(1-β₁ᵗ) and root = √(1-β₂ᵗ).
 */
void KERNEL(adam)(f32 *p, const f32 *g, f32 *m, f32 *v, i32 n, f32 step, f32 beta1, f32 beta2, f32 rest1, f32 rest2, f32 root,
                  f32 eps) {
  EACH(n, {
    const vf slope = GET(g);
    const vf mean = beta1 * GET(m) + rest1 * slope;
    const vf square = beta2 * GET(v) + rest2 * (slope * slope);
    PUT(m, mean);
    PUT(v, square);
    PUT(p, GET(p) - step * (mean / (square_root(square) / root + eps)));
  })
}

/* RMSProp without momentum, as PyTorch computes it: v ← αv + (1-α)g², p ← p - lr·g / (√v + eps). */
void KERNEL(rmsprop)(f32 *p, const f32 *g, f32 *v, i32 n, f32 lr, f32 alpha, f32 rest, f32 eps) {
  EACH(n, {
    const vf slope = GET(g);
    const vf square = alpha * GET(v) + rest * (slope * slope);
    PUT(v, square);
    PUT(p, GET(p) - lr * (slope / (square_root(square) + eps)));
  })
}

/* b ← momentum·b + g, p ← p - lr·b. Without momentum, b is neither read nor written. */
void KERNEL(sgd)(f32 *p, const f32 *g, f32 *b, i32 n, f32 lr, f32 momentum) {
  if (momentum == 0.0f) {
    EACH(n, { PUT(p, GET(p) - lr * GET(g)); })
    return;
  }
  EACH(n, {
    const vf velocity = momentum * GET(b) + GET(g);
    PUT(b, velocity);
    PUT(p, GET(p) - lr * velocity);
  })
}
