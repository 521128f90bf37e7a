/*
 * C = A·B (+ bias), the multiplication under every layer, forwards and backwards.
 *
 *   c[i][j] = init + Σ_p a[i][p]·b[p][j],  p = 0, 1, 2 … in this order, one rounding a product and one an addition.
 *
 * Every element is one chain of additions over p, so how the work is tiled (rows, lanes, blocks of p) can't change a bit:
 * tile sizes are chosen a machine, results are not. `init` is 0, the bias of column j, or what c held (ACCUMULATE).
 * A and B are given by strides (of rows and of columns, in floats), which is how a transpose is written.
 */
#pragma once
#include "lanes.h"

#define GEMM_ACCUMULATE 1
#define GEMM_RELU 2

/* V is the machine's own vector, PER floats long. A tile is TILE_ROWS × TILE_WIDE of them, as many accumulators as there are
 * registers for; a single row is ROW_WIDE of them, enough chains to hide the latency of an addition (its loads stay
 * inside the loop over w: sixteen values at once would spill in WebAssembly, which cost a factor of three). */
#if defined(__AVX512F__)
#define PER 16
#define TILE_ROWS 8
#define TILE_WIDE 2
#elif defined(__AVX2__)
#define PER 8
#define TILE_ROWS 6
#define TILE_WIDE 2
#else
#define PER 4
#define TILE_ROWS 4
#define TILE_WIDE 2
#endif
#define ROW_WIDE 8

/* Rows of B that are packed at a time; the panel lives on the stack. */
#define PANEL_ROWS 256

typedef f32 vec __attribute__((vector_size(PER * 4)));
typedef i32 vec_mask __attribute__((vector_size(PER * 4)));
typedef f32 vec_unaligned __attribute__((vector_size(PER * 4), aligned(4)));
typedef f32 vec4 __attribute__((vector_size(16)));
typedef i32 vec4_mask __attribute__((vector_size(16)));
typedef f32 vec4_unaligned __attribute__((vector_size(16), aligned(4)));

/*
 * One tile of ROWS × (WIDE vectors of type V). Constant arguments and always_inline unroll it whole, so that the
 * accumulators live in registers. `width` columns are stored, the rest are padding.
 */
#define DEFINE_TILE(NAME, V, V_UNALIGNED, MASK, LANES_)                                                                    \
  ALWAYS_INLINE void NAME(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 ldb, i32 k,               \
                          const f32 *init, i32 init_row, i32 relu, i32 width, const i32 ROWS, const i32 WIDE) {            \
    V sum[ROWS][WIDE];                                                                                                     \
    if (!init) {                                                                                                           \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++) sum[r][w] = (V){0};                                         \
    } else if (width == WIDE * LANES_) {                                                                                   \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++)                                                             \
          sum[r][w] = *(const V_UNALIGNED *)(init + r * init_row + w * LANES_);                                            \
    } else {                                                                                                               \
      f32 start[ROWS][WIDE * LANES_];                                                                                      \
      for (i32 r = 0; r < ROWS; r++)                                                                                       \
        for (i32 j = 0; j < WIDE * LANES_; j++) start[r][j] = j < width ? init[r * init_row + j] : 0.0f;                   \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++)                                                             \
          sum[r][w] = *(const V_UNALIGNED *)&start[r][w * LANES_];                                                         \
    }                                                                                                                      \
    for (i32 p = 0; p < k; p++) {                                                                                          \
      if (ROWS == 1) {                                                                                                     \
        const f32 factor = *a;                                                                                             \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++) sum[0][w] += factor * *(const V_UNALIGNED *)(b + w * LANES_);\
      } else {                                                                                                             \
        V row[WIDE];                                                                                                       \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++) row[w] = *(const V_UNALIGNED *)(b + w * LANES_);            \
        _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++) {                                                           \
          const f32 factor = a[r * a_row];                                                                                 \
          _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++) sum[r][w] += factor * row[w];                             \
        }                                                                                                                  \
      }                                                                                                                    \
      a += a_col;                                                                                                          \
      b += ldb;                                                                                                            \
    }                                                                                                                      \
    if (relu)                                                                                                              \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++) {                                                           \
          /* x <= 0 ? 0 : x, so that NaN stays NaN. */                                                                     \
          const MASK below = sum[r][w] <= 0.0f;                                                                            \
          sum[r][w] = (V)(~below & (MASK)sum[r][w]);                                                                       \
        }                                                                                                                  \
    if (width == WIDE * LANES_) {                                                                                          \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++)                                                             \
          *(V_UNALIGNED *)(c + r * ldc + w * LANES_) = sum[r][w];                                                          \
    } else {                                                                                                               \
      f32 out[ROWS][WIDE * LANES_];                                                                                        \
      _Pragma("GCC unroll 8") for (i32 r = 0; r < ROWS; r++)                                                               \
        _Pragma("GCC unroll 8") for (i32 w = 0; w < WIDE; w++)                                                             \
          *(V_UNALIGNED *)&out[r][w * LANES_] = sum[r][w];                                                                 \
      for (i32 r = 0; r < ROWS; r++)                                                                                       \
        for (i32 j = 0; j < width; j++) c[r * ldc + j] = out[r][j];                                                        \
    }                                                                                                                      \
  }

DEFINE_TILE(tile, vec, vec_unaligned, vec_mask, PER)
DEFINE_TILE(tile4, vec4, vec4_unaligned, vec4_mask, 4)

/* All rows of one block of columns: full tiles, then the rows that are left, in tiles of four, two and one. */
#define TILE_CALL(TILE, R, W)                                                                                              \
  TILE(c + i * ldc, ldc, a + i * a_row, a_row, a_col, b, ldb, k, init ? init + i * init_row : 0, init_row, relu, width, R, W)
#define DEFINE_COLUMNS(NAME, TILE, ROWS, WIDE)                                                                             \
  static void NAME(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 ldb, i32 m, i32 k,               \
                   const f32 *init, i32 init_row, i32 relu, i32 width) {                                                   \
    i32 i = 0;                                                                                                             \
    for (; i + ROWS <= m; i += ROWS) TILE_CALL(TILE, ROWS, WIDE);                                                          \
    if (ROWS > 4)                                                                                                          \
      for (; i + 4 <= m; i += 4) TILE_CALL(TILE, 4, WIDE);                                                                 \
    if (ROWS > 2)                                                                                                          \
      for (; i + 2 <= m; i += 2) TILE_CALL(TILE, 2, WIDE);                                                                 \
    for (; i < m; i++) TILE_CALL(TILE, 1, WIDE);                                                                           \
  }

DEFINE_COLUMNS(columns_full, tile, TILE_ROWS, TILE_WIDE)
DEFINE_COLUMNS(columns_one, tile, TILE_ROWS, 1)
DEFINE_COLUMNS(columns_4, tile4, 8, 1)

/* Copies rows [0, k) and columns [0, width) of B into `panel`, `padded` floats a row, zeros after `width`. */
static void pack(f32 *panel, const f32 *b, i32 b_row, i32 b_col, i32 k, i32 width, i32 padded) {
  if (b_col == 1) {
    for (i32 p = 0; p < k; p++) {
      for (i32 j = 0; j < width; j++) panel[p * padded + j] = b[p * b_row + j];
      for (i32 j = width; j < padded; j++) panel[p * padded + j] = 0.0f;
    }
    return;
  }
  for (i32 j = 0; j < width; j++)
    for (i32 p = 0; p < k; p++) panel[p * padded + j] = b[p * b_row + j * b_col];
  for (i32 j = width; j < padded; j++)
    for (i32 p = 0; p < k; p++) panel[p * padded + j] = 0.0f;
}

/* How many columns the next block takes, of `left`. */
static i32 block_of(i32 left, i32 m, i32 b_col) {
  if (m == 1 && b_col == 1 && left >= ROW_WIDE * PER) return ROW_WIDE * PER;
  if (m == 1 && b_col == 1 && left >= ROW_WIDE / 2 * PER) return ROW_WIDE / 2 * PER;
  if (left > PER) return TILE_WIDE * PER;
  return left > 4 ? PER : 4;
}

static void gemm_strided(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 b_row, i32 b_col,
                         const f32 *bias, i32 m, i32 n, i32 k, i32 flags) {
  f32 panel[PANEL_ROWS * TILE_WIDE * PER] __attribute__((aligned(64)));
  for (i32 j = 0; j < n;) {
    const i32 left = n - j;
    const i32 block = block_of(left, m, b_col);
    const i32 width = left < block ? left : block;
    /* Packing pays where several tiles read the panel; full rows that lie side by side can be read in place. */
    const i32 packed = width < block || b_col != 1 || m > 2 * TILE_ROWS;
    i32 p = 0;
    do {
      const i32 depth = !packed || k - p < PANEL_ROWS ? k - p : PANEL_ROWS;
      const f32 *rows = b + p * b_row + j * b_col;
      i32 ldb = b_row;
      if (packed) {
        pack(panel, rows, b_row, b_col, depth, width, block);
        rows = panel;
        ldb = block;
      }
      const f32 *init = 0;
      i32 init_row = 0;
      if (p > 0 || (flags & GEMM_ACCUMULATE)) {
        init = c + j;
        init_row = ldc;
      } else if (bias) {
        init = bias + j;
      }
      const i32 relu = (flags & GEMM_RELU) && p + depth == k;
      const f32 *from = a + p * a_col;
      if (block == ROW_WIDE * PER)
        tile(c + j, ldc, from, a_row, a_col, rows, ldb, depth, init, init_row, relu, width, 1, ROW_WIDE);
      else if (block == ROW_WIDE / 2 * PER)
        tile(c + j, ldc, from, a_row, a_col, rows, ldb, depth, init, init_row, relu, width, 1, ROW_WIDE / 2);
      else if (block == TILE_WIDE * PER)
        columns_full(c + j, ldc, from, a_row, a_col, rows, ldb, m, depth, init, init_row, relu, width);
      else if (block == PER && PER > 4)
        columns_one(c + j, ldc, from, a_row, a_col, rows, ldb, m, depth, init, init_row, relu, width);
      else
        columns_4(c + j, ldc, from, a_row, a_col, rows, ldb, m, depth, init, init_row, relu, width);
      p += depth;
    } while (p < k);
    j += width;
  }
}
