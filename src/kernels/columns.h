/* The sum of each column of a matrix: the gradient of a bias. */
#pragma once
#include "lanes.h"

/* d[j] += Σ_i x[i][j], i = 0, 1, 2 … in this order, for n columns. Rows of x are `row` floats apart. */
static void add_columns(f32 *d, const f32 *x, i32 m, i32 n, i32 row) {
  i32 j = 0;
  /* Four vectors of columns at a time, so that no addition waits for the one before. */
  for (; j + 4 * LANES <= n; j += 4 * LANES) {
    f32 *to = d + j;
    vf s0 = load(to), s1 = load(to + LANES), s2 = load(to + 2 * LANES), s3 = load(to + 3 * LANES);
    for (i32 r = 0; r < m; r++) {
      const f32 *from = x + r * row + j;
      s0 += load(from), s1 += load(from + LANES), s2 += load(from + 2 * LANES), s3 += load(from + 3 * LANES);
    }
    store(to, s0), store(to + LANES, s1), store(to + 2 * LANES, s2), store(to + 3 * LANES, s3);
  }
  if (n - j < 4) {
    for (; j < n; j++) {
      f32 total = d[j];
      for (i32 r = 0; r < m; r++) total += x[r * row + j];
      d[j] = total;
    }
    return;
  }
  EACH(n - j, {
    vf total = GET(d + j);
    for (i32 r = 0; r < m; r++) total += GET(x + r * row + j);
    PUT(d + j, total);
  })
}
