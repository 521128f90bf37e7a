/*
 * The types of all kernels. A vector is as wide as the machine's registers (v128, AVX2, AVX-512, NEON). A lane-by-lane
 * computation has the same bits at any width; sums across lanes run in a fixed order (`SUM`, `gemm.h`).
 */
#pragma once

typedef float f32;
typedef double f64;
typedef signed int i32;
typedef unsigned int u32;
typedef signed long long i64;
typedef unsigned long long u64;

/* The bytes in a register, and the float32 lanes in it. */
#if defined(__AVX512F__)
#define REGISTER 64
#elif defined(__AVX2__)
#define REGISTER 32
#else
#define REGISTER 16
#endif
#define LANES (REGISTER / 4)

typedef f32 vf __attribute__((vector_size(REGISTER)));
typedef i32 vi __attribute__((vector_size(REGISTER)));
typedef f64 vd __attribute__((vector_size(REGISTER)));
typedef i64 vl __attribute__((vector_size(REGISTER)));
/* As many float32 as a register holds float64. */
typedef f32 vh __attribute__((vector_size(REGISTER / 2)));
typedef f32 vf_unaligned __attribute__((vector_size(REGISTER), aligned(4)));
typedef f32 vh_unaligned __attribute__((vector_size(REGISTER / 2), aligned(4)));

/* Eight float64 on every machine; the sines of batches use them. */
typedef f64 d8 __attribute__((vector_size(64)));
typedef i64 l8 __attribute__((vector_size(64)));
typedef f64 d8_unaligned __attribute__((vector_size(64), aligned(8)));

/* The WebAssembly module exports a kernel under its own name; the native name ends in the instruction set. */
#ifdef __wasm__
#define KERNEL(name) __attribute__((export_name(#name))) k_##name
#else
#define JOIN_(name, isa) name##_##isa
#define JOIN(name, isa) JOIN_(name, isa)
#define KERNEL(name) JOIN(name, ISA)
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NOINLINE __attribute__((noinline))

ALWAYS_INLINE vf load(const f32 *x) { return *(const vf_unaligned *)x; }
ALWAYS_INLINE void store(f32 *x, vf value) { *(vf_unaligned *)x = value; }
ALWAYS_INLINE vf splat(f32 x) { return (vf){0} + x; }

/* Loads the first `count` lanes and fills the others with zeros. */
ALWAYS_INLINE vf load_part(const f32 *x, i32 count) {
  f32 lanes[LANES] = {0};
  for (i32 j = 0; j < count; j++) lanes[j] = x[j];
  return load(lanes);
}

ALWAYS_INLINE void store_part(f32 *x, vf value, i32 count) {
  f32 lanes[LANES];
  store(lanes, value);
  for (i32 j = 0; j < count; j++) x[j] = lanes[j];
}

/* `yes` where the mask is all ones, `no` where it is 0. It selects whole bit patterns, so NaN and -0 pass through. */
ALWAYS_INLINE vf pick(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }
ALWAYS_INLINE vd pick_wide(vl mask, vd yes, vd no) { return (vd)((mask & (vl)yes) | (~mask & (vl)no)); }
/* Keeps the bits where the mask is all ones and clears the others. */
ALWAYS_INLINE vf masked(vi mask, vf x) { return (vf)(mask & (vi)x); }

/*
 * Runs its body for every LANES of `n` elements, then once for the `count` elements that remain; `i` is the first
 * element. In the body, `GET(p)` reads and `PUT(p, value)` writes the lanes at `i`, also in the remainder.
 */
#define EACH(n, ...)                                                                                                       \
  {                                                                                                                        \
    i32 i = 0;                                                                                                             \
    for (; i + LANES <= (n); i += LANES) {                                                                                 \
      enum { PART = 0 };                                                                                                   \
      const i32 count = LANES;                                                                                             \
      (void)count;                                                                                                         \
      __VA_ARGS__                                                                                                          \
    }                                                                                                                      \
    if (i < (n)) {                                                                                                         \
      enum { PART = 1 };                                                                                                   \
      const i32 count = (n) - i;                                                                                           \
      __VA_ARGS__                                                                                                          \
    }                                                                                                                      \
  }
#define GET(p) (PART ? load_part((p) + i, count) : load((p) + i))
#define PUT(p, value)                                                                                                      \
  do {                                                                                                                     \
    if (PART) store_part((p) + i, value, count);                                                                           \
    else store((p) + i, value);                                                                                            \
  } while (0)

/*
 * Sums of adjacent elements run as sixteen sums, element i in sum i mod 16, which are then added as a tree of this
 * shape.
 */
#define SUMS 16
#define TREE(x)                                                                                                            \
  ((((x[0] + x[8]) + (x[4] + x[12])) + ((x[2] + x[10]) + (x[6] + x[14]))) +                                                \
   (((x[1] + x[9]) + (x[5] + x[13])) + ((x[3] + x[11]) + (x[7] + x[15]))))

/* Declares `total` = Σ term over n elements; `term` is an expression in GET. */
#define SUM(total, n, term)                                                                                                \
  f32 total;                                                                                                               \
  {                                                                                                                        \
    f32 sums[SUMS];                                                                                                        \
    i32 i = 0;                                                                                                             \
    vf s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};                                                                             \
    for (; i + SUMS <= (n);) {                                                                                             \
      enum { PART = 0, count = LANES };                                                                                    \
      s0 += (term), i += LANES;                                                                                            \
      if (LANES < 16) s1 += (term), i += LANES;                                                                            \
      if (LANES < 8) s2 += (term), i += LANES;                                                                             \
      if (LANES < 8) s3 += (term), i += LANES;                                                                             \
    }                                                                                                                      \
    store(sums, s0);                                                                                                       \
    if (LANES < 16) store(sums + LANES % 16, s1);                                                                          \
    if (LANES < 8) store(sums + 2 * LANES % 16, s2);                                                                       \
    if (LANES < 8) store(sums + 3 * LANES % 16, s3);                                                                       \
    for (; i < (n); i += LANES) {                                                                                          \
      enum { PART = 1 };                                                                                                   \
      const i32 count = (n) - i < LANES ? (n) - i : LANES;                                                                 \
      f32 rest[LANES];                                                                                                     \
      store(rest, term);                                                                                                   \
      for (i32 j = 0; j < count; j++) sums[i % SUMS + j] += rest[j];                                                       \
    }                                                                                                                      \
    total = TREE(sums);                                                                                                    \
  }
