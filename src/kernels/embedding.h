/* Rows of a table by their numbers, and the gradient of the table. */
#pragma once
#include "lanes.h"

/* y[r] = table[ids[r]] */
void KERNEL(embedding)(f32 *y, const f32 *table, const i32 *ids, i32 rows, i32 width) {
  for (i32 r = 0; r < rows; r++, y += width) {
    const f32 *from = table + ids[r] * width;
    EACH(width, { PUT(y, GET(from)); })
  }
}

/* dtable[ids[r]] += dy[r], r = 0, 1, 2 … in this order. */
void KERNEL(embedding_backward)(f32 *dtable, const f32 *dy, const i32 *ids, i32 rows, i32 width) {
  for (i32 r = 0; r < rows; r++, dy += width) {
    f32 *to = dtable + ids[r] * width;
    EACH(width, { PUT(to, GET(to) + GET(dy)); })
  }
}
