/*
 * C = A·B (+ bias), the matrix product of every layer, forwards and backwards.
 *
 *   c[i][j] = init + Σ_p a[i][p]·b[p][j],  p = 0, 1, 2 … in this order, each product and each addition rounded once.
 *
 * Every element is one chain of additions over p, so the choice of tiles cannot change a bit: tiles depend on the
 * machine, results do not. `init` is 0, the bias of column j, or the previous value of C.
 */
#pragma once
#include "transpose.h"

#define GEMM_ACCUMULATE 1
#define GEMM_RELU 2

/* A matrix with its row and column strides in floats. Exchanging the strides transposes it. */
typedef struct {
  f32 *at;
  i32 row, col;
} matrix;

ALWAYS_INLINE matrix part_of(matrix x, i32 row, i32 col) { return (matrix){x.at + row * x.row + col * x.col, x.row, x.col}; }
ALWAYS_INLINE matrix transposed(matrix x) { return (matrix){x.at, x.col, x.row}; }

/* Rows of the largest tile. With two vectors per row, the sums fill the registers. */
#if LANES == 16
#define TILE_ROWS 8
#elif LANES == 8
#define TILE_ROWS 6
#else
#define TILE_ROWS 4
#endif
/* Vectors of the widest tile, which has one row. With so many sums, no addition waits for the one before. */
#define TILE_WIDE 8
/* Floats of B packed at a time, on the stack, where there are few rows or columns. */
#define PANEL 8192
/* Packing B pays if more tiles than this, one above the other, read it. */
#define FEW_TILES 4

/*
 * A tile of R rows × W vectors. Each sum is a variable of its own, made by repetition, because GCC keeps an array of
 * vectors in memory however it is unrolled, and a tile in memory is three times slower.
 */
#define ONCE(M, r) M(r)
#define WIDE_1(M, r) M(r, 0)
#define WIDE_2(M, r) WIDE_1(M, r) M(r, 1)
#define WIDE_4(M, r) WIDE_2(M, r) M(r, 2) M(r, 3)
#define WIDE_8(M, r) WIDE_4(M, r) M(r, 4) M(r, 5) M(r, 6) M(r, 7)
#define ROWS_1(EACH_OF, M) EACH_OF(M, 0)
#define ROWS_2(EACH_OF, M) ROWS_1(EACH_OF, M) EACH_OF(M, 1)
#define ROWS_4(EACH_OF, M) ROWS_2(EACH_OF, M) EACH_OF(M, 2) EACH_OF(M, 3)
#define ROWS_6(EACH_OF, M) ROWS_4(EACH_OF, M) EACH_OF(M, 4) EACH_OF(M, 5)
#define ROWS_8(EACH_OF, M) ROWS_6(EACH_OF, M) EACH_OF(M, 6) EACH_OF(M, 7)

#define TILE_PARAMETERS                                                                                                    \
  f32 *c, i32 c_row, const f32 *a, i32 a_row, i32 a_col, const f32 *b, i32 b_row, i32 k, const f32 *init, i32 init_row,    \
      i32 relu
#define ROW_OF_A(r) const f32 *a##r = a + r * a_row;
#define START(r, w) vf s##r##w = load(init + r * init_row + w * LANES);
#define LOAD_B(r, w) const vf b##w = load(b + w * LANES);
#define MULTIPLY_ADD(r, w) s##r##w += factor * b##w;
/* x <= 0 ? 0 : x, so that NaN stays NaN. */
#define RECTIFY(r, w) s##r##w = masked(~(s##r##w <= 0.0f), s##r##w);
#define FINISH(r, w) store(c + r * c_row + w * LANES, s##r##w);
/*
 * A single row uses each vector of B once. It is loaded just before its use and in memory order: loading eight at once
 * would spill in WebAssembly, and the reverse order would defeat the prefetcher.
 */
#define LOAD_MULTIPLY_ADD(r, w)                                                                                            \
  s##r##w += factor * load(b + w * LANES);                                                                                 \
  __asm__ volatile("" ::: "memory");
#define FACTOR(r) const f32 factor = a##r[at];
#define ADD_ROW_1(M, r) { FACTOR(r) M(r, 0) }
#define ADD_ROW_2(M, r) { FACTOR(r) WIDE_2(M, r) }
#define ADD_ROW_4(M, r) { FACTOR(r) WIDE_4(M, r) }
#define ADD_ROW_8(M, r) { FACTOR(r) WIDE_8(M, r) }

#define DEFINE_TILE(R, W)                                                                                                  \
  ALWAYS_INLINE void tile_##R##x##W(TILE_PARAMETERS) {                                                                     \
    ROWS_##R(ONCE, ROW_OF_A)                                                                                               \
    ROWS_##R(WIDE_##W, START)                                                                                              \
    __PTRDIFF_TYPE__ at = 0;                                                                                               \
    for (i32 p = 0; p < k; p++, at += a_col, b += b_row) {                                                                 \
      if (R == 1) {                                                                                                        \
        ADD_ROW_##W(LOAD_MULTIPLY_ADD, 0)                                                                                  \
      } else {                                                                                                             \
        WIDE_##W(LOAD_B, 0)                                                                                                \
        ROWS_##R(ADD_ROW_##W, MULTIPLY_ADD)                                                                                \
      }                                                                                                                    \
    }                                                                                                                      \
    if (relu) { ROWS_##R(WIDE_##W, RECTIFY) }                                                                              \
    ROWS_##R(WIDE_##W, FINISH)                                                                                             \
  }
DEFINE_TILE(1, 8)
DEFINE_TILE(1, 4)
DEFINE_TILE(2, 4)
DEFINE_TILE(1, 2)
DEFINE_TILE(2, 2)
DEFINE_TILE(4, 2)
DEFINE_TILE(1, 1)
DEFINE_TILE(2, 1)
DEFINE_TILE(4, 1)
#if TILE_ROWS == 6
DEFINE_TILE(6, 2)
DEFINE_TILE(6, 1)
#elif TILE_ROWS == 8
DEFINE_TILE(8, 2)
DEFINE_TILE(8, 1)
#endif

/* All m rows of W vectors of columns, in tiles. Each width is a separate function: in one function they would spill. */
#define TILES(R, W)                                                                                                        \
  for (; i + R <= m; i += R)                                                                                               \
    tile_##R##x##W(c + i * c_row, c_row, a + i * a_row, a_row, a_col, b, b_row, k, init + i * init_row, init_row, relu);
#define COLUMNS_PARAMETERS i32 m, TILE_PARAMETERS
static NOINLINE void columns_8(COLUMNS_PARAMETERS) {
  i32 i = 0;
  TILES(1, 8)
}
static NOINLINE void columns_4(COLUMNS_PARAMETERS) {
  i32 i = 0;
  TILES(2, 4)
  TILES(1, 4)
}
static NOINLINE void columns_2(COLUMNS_PARAMETERS) {
  i32 i = 0;
#if TILE_ROWS == 6
  TILES(6, 2)
#elif TILE_ROWS == 8
  TILES(8, 2)
#endif
  TILES(4, 2)
  TILES(2, 2)
  TILES(1, 2)
}
static NOINLINE void columns_1(COLUMNS_PARAMETERS) {
  i32 i = 0;
#if TILE_ROWS == 6
  TILES(6, 1)
#elif TILE_ROWS == 8
  TILES(8, 1)
#endif
  TILES(4, 1)
  TILES(2, 1)
  TILES(1, 1)
}

/* The number of vectors per row for m rows. */
ALWAYS_INLINE i32 tile_wide(i32 m) { return m == 1 ? 8 : m < 4 ? 4 : 2; }

static void full_columns(i32 wide, COLUMNS_PARAMETERS) {
  (wide == 8 ? columns_8 : wide == 4 ? columns_4 : wide == 2 ? columns_2 : columns_1)(
      m, c, c_row, a, a_row, a_col, b, b_row, k, init, init_row, relu);
}

/* As above, for only `width` columns or a C whose columns are not adjacent: tiles go through `out`. */
static void part_columns(i32 wide, i32 width, i32 m, matrix c, matrix a, const f32 *b, i32 b_row, i32 k, matrix init,
                         i32 relu) {
  const i32 block = wide * LANES;
  f32 out[TILE_ROWS * TILE_WIDE * LANES] = {0};
  for (i32 i = 0, rows; i < m; i += rows) {
    rows = m - i < TILE_ROWS ? m - i : TILE_ROWS;
    for (i32 r = 0; r < rows; r++)
      for (i32 j = 0; j < width; j++) out[r * block + j] = init.at[(i + r) * init.row + j * init.col];
    full_columns(wide, rows, out, block, a.at + i * a.row, a.row, a.col, b, b_row, k, out, block, relu);
    for (i32 r = 0; r < rows; r++)
      for (i32 j = 0; j < width; j++) c.at[(i + r) * c.row + j * c.col] = out[r * block + j];
  }
}

/* Copies k rows and `width` columns of B into `panel`, at `block` floats per row. */
static void pack(f32 *panel, i32 block, matrix b, i32 k, i32 width) {
  if (b.col != 1) {
    transpose(panel, block, b.at, b.col, width, k);
  } else if (width == block) {
    for (i32 p = 0; p < k; p++)
      for (i32 j = 0; j < block; j += LANES) store(panel + p * block + j, load(b.at + p * b.row + j));
  } else {
    for (i32 p = 0; p < k; p++)
      for (i32 j = 0; j < width; j++) panel[p * block + j] = b.at[p * b.row + j];
  }
}

/*
 * Large products go in blocks that fit the caches. A block of B is packed once, in panels as wide as a tile, and a
 * block of rows of A meets all of these panels while it is in the cache. Blocks of depth follow one another in the
 * order of p, and the sums wait in C between them. Both blocks are on the stack, which is small in WebAssembly.
 */
#define DEPTH (LANES == 16 ? 256 : 512)
#if LANES == 4
#define A_BLOCK 16384
#define B_BLOCK 32768
#else
#define A_BLOCK 32768
#define B_BLOCK 65536
#endif
/* Columns of A more floats apart than this push each other out of the cache: blocks of such an A are transposed. */
#define FAR_APART 100
/* Rows of B that are packed together. The processor fetches ahead along each of them. */
#define ROWS_PACKED 8

/* Packs k rows and n columns of B into panels of two vectors, one panel after another. */
static void pack_block(f32 *to, matrix b, i32 k, i32 n) {
  enum { BLOCK = 2 * LANES };
  const i32 some = b.col == 1 ? ROWS_PACKED : k;
  for (i32 p = 0; p < k; p += some)
    for (i32 j = 0; j < n; j += BLOCK)
      pack(to + j * k + p * BLOCK, BLOCK, part_of(b, p, j), k - p < some ? k - p : some, BLOCK);
}

/* C [m, n] = init + A · B for n that is a multiple of two vectors. The columns of C are adjacent, and those of init. */
static NOINLINE void blocks(matrix c, matrix a, matrix b, matrix init, i32 m, i32 n, i32 k, i32 relu) {
  enum { BLOCK = 2 * LANES };
  f32 rows_of_a[A_BLOCK] __attribute__((aligned(64))), panels[B_BLOCK] __attribute__((aligned(64)));
  /* The columns of A take a cache line each if they are not adjacent. */
  const i32 deepest = a.col == 1 ? DEPTH : DEPTH / 2;
  for (i32 p = 0, depth; p < k; p += depth) {
    depth = k - p < deepest ? k - p : deepest;
    const matrix begin = p ? c : init;
    const i32 last = relu && p + depth == k;
    /* Rows that are a power of two apart would share few sets of the cache. */
    const i32 row = depth + LANES;
    const i32 most_rows = A_BLOCK / row / TILE_ROWS * TILE_ROWS;
    const i32 most_columns = B_BLOCK / depth / BLOCK * BLOCK;
    for (i32 j = 0, columns; j < n; j += columns) {
      columns = n - j < most_columns ? n - j : most_columns;
      pack_block(panels, part_of(b, p, j), depth, columns);
      for (i32 i = 0, rows; i < m; i += rows) {
        rows = m - i < most_rows ? m - i : most_rows;
        matrix from = part_of(a, i, p);
        if (a.col > FAR_APART) {
          transpose(rows_of_a, row, from.at, from.col, depth, rows);
          from = (matrix){rows_of_a, row, 1};
        }
        for (i32 x = 0; x < columns; x += BLOCK) {
          const matrix to = part_of(c, i, j + x), start = part_of(begin, i, j + x);
          columns_2(rows, to.at, c.row, from.at, from.row, from.col, panels + x * depth, BLOCK, depth, start.at,
                    begin.row, last);
        }
      }
    }
  }
}

/* A few rows and columns without vectors: `columns` sums (at most four) at a time. */
ALWAYS_INLINE void few_columns(matrix c, matrix a, matrix b, matrix init, i32 m, i32 k, i32 relu, const i32 columns) {
  for (i32 i = 0; i < m; i++) {
    f32 s[4];
    for (i32 j = 0; j < columns; j++) s[j] = init.at[i * init.row + j * init.col];
    for (i32 p = 0; p < k; p++)
      for (i32 j = 0; j < columns; j++) s[j] += a.at[i * a.row + p * a.col] * b.at[p * b.row + j * b.col];
    for (i32 j = 0; j < columns; j++) c.at[i * c.row + j * c.col] = relu && s[j] <= 0.0f ? 0.0f : s[j];
  }
}

static NOINLINE void few(matrix c, matrix a, matrix b, matrix init, i32 m, i32 n, i32 k, i32 relu) {
  for (; n >= 4; n -= 4) {
    few_columns(c, a, b, init, m, k, relu, 4);
    c = part_of(c, 0, 4), b = part_of(b, 0, 4), init = part_of(init, 0, 4);
  }
  if (n == 3) few_columns(c, a, b, init, m, k, relu, 3);
  if (n == 2) few_columns(c, a, b, init, m, k, relu, 2);
  if (n == 1) few_columns(c, a, b, init, m, k, relu, 1);
}

/* As wide as any tile; the sums start from it if there is neither a bias nor a previous C. */
static f32 zero[TILE_WIDE * LANES];

/* C [m, n] = init + A [m, k] · B [k, n] */
static void product(matrix c, matrix a, matrix b, matrix init, i32 m, i32 n, i32 k, i32 relu) {
  f32 panel[PANEL] __attribute__((aligned(64)));
  i32 wide = b.col == 1 ? tile_wide(m) : 2;
  i32 j = 0;
  if (m > FEW_TILES * TILE_ROWS && n >= 2 * LANES && k > 0 && c.col == 1 && (init.col == 1 || init.at == zero)) {
    j = n / (2 * LANES) * (2 * LANES);
    blocks(c, a, b, init, m, j, k, relu);
  }
  for (i32 width; j < n; j += width) {
    const i32 left = n - j;
    const matrix to = part_of(c, 0, j), from = part_of(b, 0, j), start = part_of(init, 0, j);
    if (left < LANES && m < 4) {
      few(to, a, from, start, m, left, k, relu);
      return;
    }
    /* Few columns would leave lanes empty. Cᵀ = Bᵀ·Aᵀ has long rows, which fill them. */
    if (left < LANES && m >= 2 * LANES) {
      product(transposed(to), transposed(from), transposed(a), transposed(start), left, m, k, relu);
      return;
    }
    /* Take a narrower tile if more than half of the last vectors would be empty. */
    while (wide > 1 && left <= (wide - wide / 4 - 1) * LANES) wide /= 2;
    const i32 block = wide * LANES;
    width = left < block ? left : block;
    /* Packing pays if several tiles read the panel. Full rows with adjacent columns can be read in place. */
    const i32 packed = width < block || b.col != 1 || m > FEW_TILES * TILE_ROWS;
    i32 p = 0;
    do {
      const i32 depth = !packed || k - p < PANEL / block ? k - p : PANEL / block;
      if (packed) pack(panel, block, part_of(from, p, 0), depth, width);
      const f32 *rows = packed ? panel : from.at;
      const i32 stride = packed ? block : from.row;
      const matrix begin = p ? to : start;
      const i32 last = relu && p + depth == k;
      if (width == block && to.col == 1 && (begin.col == 1 || begin.at == zero))
        full_columns(wide, m, to.at, to.row, a.at + p * a.col, a.row, a.col, rows, stride, depth, begin.at, begin.row, last);
      else
        part_columns(wide, width, m, to, part_of(a, 0, p), rows, stride, depth, begin, last);
      p += depth;
    } while (p < k);
  }
}

/* C [m, n] = A·B from 0, from a bias [n], or (GEMM_ACCUMULATE) from the previous C; GEMM_RELU clips it at 0. */
static void gemm(matrix c, matrix a, matrix b, f32 *bias, i32 m, i32 n, i32 k, i32 flags) {
  const matrix nothing = {zero, 0, 0}, row = {bias, 0, 1};
  product(c, a, b, flags & GEMM_ACCUMULATE ? c : bias ? row : nothing, m, n, k, flags & GEMM_RELU);
}
