/* Transposes a matrix, one square of LANES × LANES at a time. */
#pragma once
#include "lanes.h"

/* Interleaves the lower, or the upper, halves of two vectors: a0 b0 a1 b1 … */
#if LANES == 16
#define LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
#define LOW 0, 8, 1, 9, 2, 10, 3, 11
#define HIGH 4, 12, 5, 13, 6, 14, 7, 15
#else
#define LOW 0, 4, 1, 5
#define HIGH 2, 6, 3, 7
#endif
#if defined(__clang__)
#define INTERLEAVE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define INTERLEAVE(a, b, ...) __builtin_shuffle(a, b, (vi){__VA_ARGS__})
#endif

/* Row i of x becomes column i of y. It takes one round of interleaving per bit of a lane's index. */
ALWAYS_INLINE void transpose_square(f32 *y, i32 y_row, const f32 *x, i32 x_row) {
  vf v[LANES], t[LANES];
  _Pragma("GCC unroll 16") for (i32 i = 0; i < LANES; i++) v[i] = load(x + i * x_row);
  _Pragma("GCC unroll 4") for (i32 round = 1; round < LANES; round *= 2) {
    _Pragma("GCC unroll 8") for (i32 i = 0; i < LANES / 2; i++) {
      t[2 * i] = INTERLEAVE(v[i], v[i + LANES / 2], LOW);
      t[2 * i + 1] = INTERLEAVE(v[i], v[i + LANES / 2], HIGH);
    }
    _Pragma("GCC unroll 16") for (i32 i = 0; i < LANES; i++) v[i] = t[i];
  }
  _Pragma("GCC unroll 16") for (i32 i = 0; i < LANES; i++) store(y + i * y_row, v[i]);
}

/* y[j][i] = x[i][j] for `rows` rows and `columns` columns of x. */
static void transpose(f32 *y, i32 y_row, const f32 *x, i32 x_row, i32 rows, i32 columns) {
  i32 i = 0;
  for (; i + LANES <= rows; i += LANES) {
    i32 j = 0;
    for (; j + LANES <= columns; j += LANES) transpose_square(y + j * y_row + i, y_row, x + i * x_row + j, x_row);
    for (; j < columns; j++)
      for (i32 r = i; r < i + LANES; r++) y[j * y_row + r] = x[r * x_row + j];
  }
  for (; i < rows; i++)
    for (i32 j = 0; j < columns; j++) y[j * y_row + i] = x[i * x_row + j];
}
