/*
 * Layer normalisation (Ba, Kiros & Hinton 2016), as PyTorch computes it: y = (x - mean)/√(var + eps) · gain + bias, with
 * the mean and the variance Σ(x - mean)²/n of each row. Sums over a row run in the order of `SUM`.
 */
#pragma once
#include "lanes.h"

/* Rows, and columns, in a unit of work. */
#define NORM_ROWS 16
#define NORM_COLUMNS 32

#define NORMAL ((GET(row) - mean) * scale)

/* y [m, n] of x [m, n]. `moments` [m, 2], if any, receives the mean and 1/√(var + eps) of each row. */
static void norm_rows(f32 *y, f32 *moments, const f32 *x, const f32 *gain, const f32 *bias, i32 m, i32 n, f32 eps) {
  for (i32 r = 0; r < m; r++) {
    const f32 *row = x + r * n;
    f32 *out = y + r * n;
    SUM(total, n, GET(row))
    const f32 mean = total / n;
    SUM(square, n, (GET(row) - mean) * (GET(row) - mean))
    const f32 scale = 1.0f / __builtin_sqrtf(square / n + eps);
    EACH(n, { PUT(out, NORMAL * GET(gain) + GET(bias)); })
    if (moments) moments[2 * r] = mean, moments[2 * r + 1] = scale;
  }
}

/* y and moments of the units `from` to `to` of m rows. */
void KERNEL(layer_norm)(f32 *y, f32 *moments, const f32 *x, const f32 *gain, const f32 *bias, i32 m, i32 n, f32 eps,
                        i32 from, i32 to) {
  const i32 first = from * NORM_ROWS, end = to * NORM_ROWS < m ? to * NORM_ROWS : m;
  norm_rows(y + first * n, moments + 2 * first, x + first * n, gain, bias, end - first, n, eps);
}

/* dx, or with `add` dx +=, scale·(g - Σ g/n - normal·Σ g·normal/n) with g = dy·gain, for units of rows. */
void KERNEL(layer_norm_slopes)(f32 *dx, const f32 *dy, const f32 *x, const f32 *moments, const f32 *gain, i32 m, i32 n,
                               i32 add, i32 from, i32 to) {
#define SLOPE_OF_NORMAL (GET(slope) * GET(gain))
  for (i32 r = from * NORM_ROWS; r < m && r < to * NORM_ROWS; r++) {
    const f32 *row = x + r * n, *slope = dy + r * n;
    f32 *out = dx + r * n;
    const f32 mean = moments[2 * r], scale = moments[2 * r + 1];
    SUM(along, n, SLOPE_OF_NORMAL)
    SUM(across, n, SLOPE_OF_NORMAL * NORMAL)
    const f32 level = along / n, tilt = across / n;
    EACH(n, {
      const vf share = scale * ((SLOPE_OF_NORMAL - level) - NORMAL * tilt);
      PUT(out, add ? GET(out) + share : share);
    })
  }
}

/* dgain += Σ dy·normal and dbias += Σ dy over m rows, in their order, for units of columns. */
void KERNEL(layer_norm_weights)(f32 *dgain, f32 *dbias, const f32 *dy, const f32 *x, const f32 *moments, i32 m, i32 n,
                                i32 from, i32 to) {
  const i32 first = from * NORM_COLUMNS, end = to * NORM_COLUMNS < n ? to * NORM_COLUMNS : n;
  f32 *to_gain = dgain + first, *to_bias = dbias + first;
  for (i32 r = 0; r < m; r++) {
    const f32 *row = x + r * n + first, *slope = dy + r * n + first;
    const f32 mean = moments[2 * r], scale = moments[2 * r + 1];
    EACH(end - first, {
      PUT(to_gain, GET(to_gain) + GET(slope) * NORMAL);
      PUT(to_bias, GET(to_bias) + GET(slope));
    })
  }
}
