/* What an optimiser does to each weight. */
#pragma once
#include "elementwise.h"

/* Σ x², exact squares summed in float64: the piece of a global norm. */
f64 KERNEL(sum_squares)(const f32 *x, i32 n) {
  d8 total = {0};
  i32 i = 0;
  for (; i + 8 <= n; i += 8) {
    d8 wide;
    for (i32 j = 0; j < 8; j++) wide[j] = x[i + j];
    total += wide * wide;
  }
  for (i32 j = 0; i < n; i++, j++) total[j] += (f64)x[i] * x[i];
  return ((total[0] + total[4]) + (total[2] + total[6])) + ((total[1] + total[5]) + (total[3] + total[7]));
}

void KERNEL(scale)(f32 *x, i32 n, f32 factor) { EACH(n, { PUT(x, GET(x) * factor); }) }

/*
 * Adam (Kingma & Ba 2015), as PyTorch computes it: m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g²,
 * p ← p - step·m / (√v/root + eps), with step = lr/(1-β₁ᵗ) and root = √(1-β₂ᵗ).
 */
void KERNEL(adam)(f32 *p, const f32 *g, f32 *m, f32 *v, i32 n, f32 step, f32 beta1, f32 beta2, f32 rest1, f32 rest2, f32 root,
                  f32 eps) {
  EACH(n, {
    const v16 slope = GET(g);
    const v16 mean = beta1 * GET(m) + rest1 * slope;
    const v16 square = beta2 * GET(v) + rest2 * (slope * slope);
    PUT(m, mean);
    PUT(v, square);
    PUT(p, GET(p) - step * (mean / (square_root(square) / root + eps)));
  })
}

/* b ← momentum·b + g, p ← p - lr·b; without momentum b is not touched. */
void KERNEL(sgd)(f32 *p, const f32 *g, f32 *b, i32 n, f32 lr, f32 momentum) {
  if (momentum == 0.0f) {
    EACH(n, { PUT(p, GET(p) - lr * GET(g)); })
    return;
  }
  EACH(n, {
    const v16 velocity = momentum * GET(b) + GET(g);
    PUT(b, velocity);
    PUT(p, GET(p) - lr * velocity);
  })
}
