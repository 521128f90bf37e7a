/* Sums, means and variances. A tensor is seen as [outer, length, inner] and `length` is what disappears. */
#pragma once
#include "lanes.h"

/* Σ x over n neighbours: sixteen sums side by side, then a tree. */
static f32 sum_of(const f32 *x, i32 n) {
  v16 total = {0};
  EACH(n, { total += GET(x); })
  return sum_lanes(total);
}

/* y = scale · Σ x */
void KERNEL(reduce_sum)(f32 *y, const f32 *x, i32 outer, i32 length, i32 inner, f32 scale) {
  for (i32 o = 0; o < outer; o++) {
    const f32 *from = x + o * length * inner;
    f32 *to = y + o * inner;
    if (inner == 1) {
      *to = scale * sum_of(from, length);
    } else {
      EACH(inner, {
        v16 total = {0};
        for (i32 l = 0; l < length; l++) {
          const f32 *row = from + l * inner;
          total += GET(row);
        }
        PUT(to, scale * total);
      })
    }
  }
}

void KERNEL(reduce_sum_backward)(f32 *dx, const f32 *dy, i32 outer, i32 length, i32 inner, f32 scale) {
  for (i32 o = 0; o < outer; o++)
    for (i32 l = 0; l < length; l++)
      for (i32 j = 0; j < inner; j++) dx[(o * length + l) * inner + j] += scale * dy[o * inner + j];
}

static f32 mean_of(const f32 *x, i32 length, i32 stride) {
  f64 total = 0;
  for (i32 l = 0; l < length; l++) total += x[l * stride];
  return (f32)(total / length);
}

/* y = Σ (x - mean)² / divisor, divisor = length - ddof, in two passes and float64 sums. */
void KERNEL(variance)(f32 *y, const f32 *x, i32 outer, i32 length, i32 inner, i32 divisor) {
  for (i32 o = 0; o < outer; o++)
    for (i32 j = 0; j < inner; j++) {
      const f32 *from = x + o * length * inner + j;
      const f32 mean = mean_of(from, length, inner);
      f64 total = 0;
      for (i32 l = 0; l < length; l++) {
        const f64 d = (f64)from[l * inner] - mean;
        total += d * d;
      }
      y[o * inner + j] = (f32)(total / divisor);
    }
}

/* dx += dy · 2·(x - mean) / divisor; the mean's own gradient cancels. */
void KERNEL(variance_backward)(f32 *dx, const f32 *dy, const f32 *x, i32 outer, i32 length, i32 inner, i32 divisor) {
  for (i32 o = 0; o < outer; o++)
    for (i32 j = 0; j < inner; j++) {
      const i32 start = o * length * inner + j;
      const f32 mean = mean_of(x + start, length, inner);
      const f32 scale = 2.0f * dy[o * inner + j] / divisor;
      for (i32 l = 0; l < length; l++) dx[start + l * inner] += scale * (x[start + l * inner] - mean);
    }
}
