/* Sums, means and variances. A tensor is seen as [outer, length, inner]; the reduction removes `length`. */
#pragma once
#include "lanes.h"

/* y = scale · Σ x */
void KERNEL(reduce_sum)(f32 *y, const f32 *x, i32 outer, i32 length, i32 inner, f32 scale) {
  for (i32 o = 0; o < outer; o++) {
    const f32 *from = x + o * length * inner;
    f32 *to = y + o * inner;
    if (inner == 1) {
      SUM(total, length, GET(from))
      *to = scale * total;
    } else {
      EACH(inner, {
        vf total = {0};
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
    if (inner == 1) {
      f32 *to = dx + o * length;
      const vf share = splat(scale * dy[o]);
      EACH(length, { PUT(to, GET(to) + share); })
    } else {
      for (i32 l = 0; l < length; l++) {
        f32 *to = dx + (o * length + l) * inner;
        const f32 *from = dy + o * inner;
        EACH(inner, { PUT(to, GET(to) + scale * GET(from)); })
      }
    }
}

static f32 mean_of(const f32 *x, i32 length, i32 stride) {
  f64 total = 0;
  for (i32 l = 0; l < length; l++) total += x[l * stride];
  return (f32)(total / length);
}

/* y = Σ (x - mean)² / divisor, with divisor = length - ddof, in two passes with float64 sums. */
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

/* dx += dy · 2·(x - mean) / divisor; the gradient through the mean cancels. */
void KERNEL(variance_backward)(f32 *dx, const f32 *dy, const f32 *x, i32 outer, i32 length, i32 inner, i32 divisor) {
  for (i32 o = 0; o < outer; o++)
    for (i32 j = 0; j < inner; j++) {
      const i32 start = o * length * inner + j;
      const f32 mean = mean_of(x + start, length, inner);
      const f32 scale = 2.0f * dy[o * inner + j] / divisor;
      for (i32 l = 0; l < length; l++) dx[start + l * inner] += scale * (x[start + l * inner] - mean);
    }
}
