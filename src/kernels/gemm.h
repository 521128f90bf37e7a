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
 * registers for; a single row is ROW_WIDE of them, enough chains to hide the latency of an addition. */
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
typedef f32 vec4_unaligned __attribute__((vector_size(16), aligned(4)));

/* One vector of a tile before its first product: nothing, the bias, or what C held; `count` columns of it are wanted. */
ALWAYS_INLINE vec begin(const f32 *init, i32 count) {
  if (!init) return (vec){0};
  if (count >= PER) return *(const vec_unaligned *)init;
  f32 lanes[PER] = {0};
  for (i32 j = 0; j < count; j++) lanes[j] = init[j];
  return *(const vec_unaligned *)lanes;
}

/* And after its last: x <= 0 becomes 0 where that is asked for (so that NaN stays NaN), and `count` columns are stored. */
ALWAYS_INLINE void finish(f32 *c, vec sum, i32 relu, i32 count) {
  if (relu) sum = (vec)(~(vec_mask)(sum <= 0.0f) & (vec_mask)sum);
  if (count >= PER) {
    *(vec_unaligned *)c = sum;
    return;
  }
  f32 lanes[PER];
  *(vec_unaligned *)lanes = sum;
  for (i32 j = 0; j < count; j++) c[j] = lanes[j];
}

/*
 * Tiles: rows × one or two vectors, and one row × many. Each accumulator is a variable with a name of its own, made by
 * repetition: GCC keeps an array of vectors in memory, however it is unrolled, and a tile in memory is three times slower.
 * Each row has its pointer and all share one offset, for the same reason.
 */
#define REPEAT_1(X) X(0)
#define REPEAT_2(X) REPEAT_1(X) X(1)
#define REPEAT_4(X) REPEAT_2(X) X(2) X(3)
#define REPEAT_6(X) REPEAT_4(X) X(4) X(5)
#define REPEAT_8(X) REPEAT_6(X) X(6) X(7)

#define TILE_ARGUMENTS                                                                                                     \
  f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 ldb, i32 k, const f32 *init, i32 init_row,        \
      i32 relu, i32 width

#define ROW_POINTER(r) const f32 *from##r = a + r * a_row;
#define BEGIN_1(r) vec s##r = begin(init ? init + r * init_row : 0, width);
#define ADD_1(r) s##r += from##r[at] * row;
#define FINISH_1(r) finish(c + r * ldc, s##r, relu, width);
#define BEGIN_2(r)                                                                                                         \
  vec s##r = begin(init ? init + r * init_row : 0, width), t##r = begin(init ? init + r * init_row + PER : 0, width - PER);
#define ADD_2(r)                                                                                                          \
  {                                                                                                                        \
    const f32 factor = from##r[at];                                                                                        \
    s##r += factor * row;                                                                                                  \
    t##r += factor * next;                                                                                                 \
  }
#define FINISH_2(r)                                                                                                        \
  finish(c + r * ldc, s##r, relu, width);                                                                                  \
  finish(c + r * ldc + PER, t##r, relu, width - PER);

#define DEFINE_TILE(ROWS)                                                                                                  \
  ALWAYS_INLINE void tile_##ROWS##_1(TILE_ARGUMENTS) {                                                                     \
    REPEAT_##ROWS(ROW_POINTER) REPEAT_##ROWS(BEGIN_1) __PTRDIFF_TYPE__ at = 0;                                             \
    for (i32 p = 0; p < k; p++, at += a_col, b += ldb) {                                                                   \
      const vec row = *(const vec_unaligned *)b;                                                                           \
      REPEAT_##ROWS(ADD_1)                                                                                                \
    }                                                                                                                      \
    REPEAT_##ROWS(FINISH_1)                                                                                                \
  }                                                                                                                        \
  ALWAYS_INLINE void tile_##ROWS##_2(TILE_ARGUMENTS) {                                                                     \
    REPEAT_##ROWS(ROW_POINTER) REPEAT_##ROWS(BEGIN_2) __PTRDIFF_TYPE__ at = 0;                                             \
    for (i32 p = 0; p < k; p++, at += a_col, b += ldb) {                                                                   \
      const vec row = *(const vec_unaligned *)b, next = *(const vec_unaligned *)(b + PER);                                 \
      REPEAT_##ROWS(ADD_2)                                                                                                \
    }                                                                                                                      \
    REPEAT_##ROWS(FINISH_2)                                                                                                \
  }

DEFINE_TILE(1)
DEFINE_TILE(2)
DEFINE_TILE(4)
#if TILE_ROWS == 6
DEFINE_TILE(6)
#elif TILE_ROWS == 8
DEFINE_TILE(8)
#endif

/* One row of WIDE full vectors, B read in place. Its loads stay between the products: sixteen values at once would spill. */
#define BEGIN_WIDE(w) vec s##w = begin(init ? init + w * PER : 0, PER);
#define ADD_WIDE(w) s##w += factor * *(const vec_unaligned *)(b + w * PER);
#define FINISH_WIDE(w) finish(c + w * PER, s##w, relu, PER);
#define DEFINE_WIDE_ROW(WIDE)                                                                                              \
  ALWAYS_INLINE void wide_row_##WIDE(f32 *c, const f32 *a, i32 a_col, const f32 *b, i32 ldb, i32 k, const f32 *init,       \
                                     i32 relu) {                                                                           \
    REPEAT_##WIDE(BEGIN_WIDE) for (i32 p = 0; p < k; p++, a += a_col, b += ldb) {                                          \
      const f32 factor = *a;                                                                                               \
      REPEAT_##WIDE(ADD_WIDE)                                                                                             \
    }                                                                                                                      \
    REPEAT_##WIDE(FINISH_WIDE)                                                                                             \
  }
DEFINE_WIDE_ROW(4)
DEFINE_WIDE_ROW(8)

/* One row by at most four columns, B read where it lies: a single decision's last layer. */
ALWAYS_INLINE void narrow_row(f32 *c, const f32 *a, i32 a_col, const f32 *b, i32 b_row, i32 k, const f32 *init, i32 relu,
                              const i32 WIDTH) {
  f32 sum[WIDTH];
  for (i32 j = 0; j < WIDTH; j++) sum[j] = init ? init[j] : 0.0f;
  for (i32 p = 0; p < k; p++, a += a_col, b += b_row)
    for (i32 j = 0; j < WIDTH; j++) sum[j] += *a * b[j];
  for (i32 j = 0; j < WIDTH; j++) c[j] = relu && sum[j] <= 0.0f ? 0.0f : sum[j];
}

static void narrow(f32 *c, const f32 *a, i32 a_col, const f32 *b, i32 b_row, i32 k, const f32 *init, i32 relu, i32 width) {
  if (width == 1) narrow_row(c, a, a_col, b, b_row, k, init, relu, 1);
  else if (width == 2) narrow_row(c, a, a_col, b, b_row, k, init, relu, 2);
  else if (width == 3) narrow_row(c, a, a_col, b, b_row, k, init, relu, 3);
  else narrow_row(c, a, a_col, b, b_row, k, init, relu, 4);
}

/* All rows of one block of columns: full tiles, then the rows that are left, in tiles of four, two and one. */
#define TILE_CALL(R, W)                                                                                                    \
  tile_##R##_##W(c + i * ldc, ldc, a + i * a_row, a_row, a_col, b, ldb, k, init ? init + i * init_row : 0, init_row, relu, \
                 width)
#define DEFINE_COLUMNS_OF(ROWS, WIDE)                                                                                      \
  static void columns_##WIDE(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 ldb, i32 m, i32 k,     \
                             const f32 *init, i32 init_row, i32 relu, i32 width) {                                         \
    i32 i = 0;                                                                                                             \
    for (; i + ROWS <= m; i += ROWS) TILE_CALL(ROWS, WIDE);                                                                \
    for (; i + 4 <= m; i += 4) TILE_CALL(4, WIDE);                                                                         \
    for (; i + 2 <= m; i += 2) TILE_CALL(2, WIDE);                                                                         \
    for (; i < m; i++) TILE_CALL(1, WIDE);                                                                                 \
  }
/* Once more around, so that TILE_ROWS is its number before it becomes part of a name. */
#define DEFINE_COLUMNS(ROWS, WIDE) DEFINE_COLUMNS_OF(ROWS, WIDE)

DEFINE_COLUMNS(TILE_ROWS, 2)
DEFINE_COLUMNS(TILE_ROWS, 1)

/*
 * At most four columns, from a panel four wide: eight rows at a time, one vector each. Written out for its four-float vectors.
 */
static void columns_4(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 m, i32 k, const f32 *init,
                      i32 init_row, i32 relu, i32 width) {
  i32 i = 0;
  for (; i + 8 <= m; i += 8) {
    const f32 *r0 = a + i * a_row, *r1 = r0 + a_row, *r2 = r1 + a_row, *r3 = r2 + a_row;
    const f32 *r4 = r3 + a_row, *r5 = r4 + a_row, *r6 = r5 + a_row, *r7 = r6 + a_row;
    f32 out[8][4] = {0};
    if (init)
      for (i32 r = 0; r < 8; r++)
        for (i32 j = 0; j < width; j++) out[r][j] = init[(i + r) * init_row + j];
    vec4 s0 = *(const vec4_unaligned *)out[0], s1 = *(const vec4_unaligned *)out[1];
    vec4 s2 = *(const vec4_unaligned *)out[2], s3 = *(const vec4_unaligned *)out[3];
    vec4 s4 = *(const vec4_unaligned *)out[4], s5 = *(const vec4_unaligned *)out[5];
    vec4 s6 = *(const vec4_unaligned *)out[6], s7 = *(const vec4_unaligned *)out[7];
    __PTRDIFF_TYPE__ at = 0;
    for (i32 p = 0; p < k; p++, at += a_col) {
      const vec4 row = *(const vec4_unaligned *)(b + 4 * p);
      s0 += r0[at] * row;
      s1 += r1[at] * row;
      s2 += r2[at] * row;
      s3 += r3[at] * row;
      s4 += r4[at] * row;
      s5 += r5[at] * row;
      s6 += r6[at] * row;
      s7 += r7[at] * row;
    }
    *(vec4_unaligned *)out[0] = s0, *(vec4_unaligned *)out[1] = s1, *(vec4_unaligned *)out[2] = s2;
    *(vec4_unaligned *)out[3] = s3, *(vec4_unaligned *)out[4] = s4, *(vec4_unaligned *)out[5] = s5;
    *(vec4_unaligned *)out[6] = s6, *(vec4_unaligned *)out[7] = s7;
    for (i32 r = 0; r < 8; r++)
      for (i32 j = 0; j < width; j++) c[(i + r) * ldc + j] = relu && out[r][j] <= 0.0f ? 0.0f : out[r][j];
  }
  for (; i < m; i++)
    narrow(c + i * ldc, a + i * a_row, a_col, b, 4, k, init ? init + i * init_row : 0, relu, width);
}

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
                         const f32 *bias, i32 m, i32 n, i32 k, i32 flags);

/* Rows of C that are computed as columns at a time. */
#define TURNED 256

/* At most four columns, and A's rows side by side (a transposed A): Cᵀ = Bᵀ·Aᵀ has long rows, which is what vectors like. */
static void gemm_turned(f32 *c, i32 ldc, const f32 *a, i32 a_col, const f32 *b, i32 b_row, i32 b_col, i32 m, i32 n, i32 k,
                        i32 flags) {
  f32 turned[4 * TURNED];
  for (i32 i = 0; i < m; i += TURNED) {
    const i32 rows = m - i < TURNED ? m - i : TURNED;
    if (flags & GEMM_ACCUMULATE)
      for (i32 r = 0; r < rows; r++)
        for (i32 j = 0; j < n; j++) turned[j * rows + r] = c[(i + r) * ldc + j];
    gemm_strided(turned, rows, b, b_col, b_row, a + i, a_col, 1, 0, n, rows, k, flags);
    for (i32 r = 0; r < rows; r++)
      for (i32 j = 0; j < n; j++) c[(i + r) * ldc + j] = turned[j * rows + r];
  }
}

static void gemm_strided(f32 *c, i32 ldc, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 b_row, i32 b_col,
                         const f32 *bias, i32 m, i32 n, i32 k, i32 flags) {
  if (n <= 4 && m > 4 && a_row == 1 && !bias) {
    gemm_turned(c, ldc, a, a_col, b, b_row, b_col, m, n, k, flags);
    return;
  }
  f32 panel[PANEL_ROWS * TILE_WIDE * PER] __attribute__((aligned(64)));
  for (i32 j = 0; j < n;) {
    const i32 left = n - j;
    const i32 block = block_of(left, m, b_col);
    const i32 width = left < block ? left : block;
    /* Packing pays where several tiles read the panel; full rows that lie side by side can be read in place. */
    const i32 lone = m == 1 && left <= 4 && b_col == 1;
    const i32 packed = !lone && (width < block || b_col != 1 || m > 2 * TILE_ROWS);
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
      if (lone)
        narrow(c + j, from, a_col, rows, ldb, depth, init, relu, width);
      else if (block == ROW_WIDE * PER)
        wide_row_8(c + j, from, a_col, rows, ldb, depth, init, relu);
      else if (block == ROW_WIDE / 2 * PER)
        wide_row_4(c + j, from, a_col, rows, ldb, depth, init, relu);
      else if (block == TILE_WIDE * PER)
        columns_2(c + j, ldc, from, a_row, a_col, rows, ldb, m, depth, init, init_row, relu, width);
      else if (block == PER && PER > 4)
        columns_1(c + j, ldc, from, a_row, a_col, rows, ldb, m, depth, init, init_row, relu, width);
      else
        columns_4(c + j, ldc, from, a_row, a_col, rows, m, depth, init, init_row, relu, width);
      p += depth;
    } while (p < k);
    j += width;
  }
}
