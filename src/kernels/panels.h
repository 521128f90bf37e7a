/*
 * Weights that many products share are packed once. A panel holds PANEL_COLUMNS columns of W [k, n], all k rows one after
 * another, so that a product reads it from one end to the other. Columns beyond the last are 0.
 *
 * The sums are those of gemm.h, one chain each: a product has the same bits as with the weights that were packed.
 */
#pragma once
#include "gemm.h"

#define PANEL_COLUMNS (2 * LANES)

/* panels [⌈n/PANEL_COLUMNS⌉, k, PANEL_COLUMNS] from w [k, n], or with `turned` from the transpose of w [n, k]. */
void KERNEL(pack_panels)(f32 *panels, f32 *w, i32 k, i32 n, i32 turned) {
  const matrix from = turned ? (matrix){w, 1, k} : (matrix){w, n, 1};
  for (i32 j = 0; j < n; j += PANEL_COLUMNS) {
    const i32 width = n - j < PANEL_COLUMNS ? n - j : PANEL_COLUMNS;
    f32 *panel = panels + j * k;
    if (width < PANEL_COLUMNS)
      for (i32 i = 0; i < k * PANEL_COLUMNS; i++) panel[i] = 0.0f;
    pack(panel, PANEL_COLUMNS, part_of(from, 0, j), k, width);
  }
}

/* One row and four panels: with so many sums, no addition waits for the one before. */
static void row_of_panels(f32 *y, const f32 *x, const f32 *panels, const f32 *bias, i32 k) {
#define BIAS_OF(r, w) vf s##w = load(bias + w * LANES);
#define ADD_PANEL(r, w) s##w += factor * load(row + (w / 2 * k + p) * PANEL_COLUMNS + w % 2 * LANES);
#define PUT_ROW(r, w) store(y + w * LANES, s##w);
  const f32 *row = panels;
  WIDE_8(BIAS_OF, 0)
  for (i32 p = 0; p < k; p++) {
    const f32 factor = x[p];
    WIDE_8(ADD_PANEL, 0)
  }
  WIDE_8(PUT_ROW, 0)
}

/* y [m, n] = x·W + bias for x [m, k] and the panels of W; without a bias it is 0. */
static void panel_product(f32 *y, f32 *x, f32 *panels, f32 *bias, i32 m, i32 k, i32 n) {
  i32 j = 0;
  if (m == 1 && bias)
    for (; j + 4 * PANEL_COLUMNS <= n; j += 4 * PANEL_COLUMNS) row_of_panels(y + j, x, panels + j * k, bias + j, k);
  for (; j < n; j += PANEL_COLUMNS) {
    const f32 *panel = panels + j * k;
    const matrix begin = bias ? (matrix){bias + j, 0, 1} : (matrix){zero, 0, 0};
    if (n - j >= PANEL_COLUMNS)
      columns_2(m, y + j, n, x, k, 1, panel, PANEL_COLUMNS, k, begin.at, 0, 0);
    else
      part_columns(n - j > LANES ? 2 : 1, n - j, m, (matrix){y + j, n, 1}, (matrix){x, k, 1}, panel, PANEL_COLUMNS, k, begin, 0);
  }
}
