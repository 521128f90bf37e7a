/* Types that every kernel is written in. Sixteen float32 (or eight float64) lanes are one vector here; the compiler lowers
 * them to whatever the machine has (v128, AVX2, AVX-512, NEON), and as each lane is its own sum, the bits do not depend on it. */
#pragma once

typedef float f32;
typedef double f64;
typedef signed int i32;
typedef unsigned int u32;
typedef signed long long i64;
typedef unsigned long long u64;

#define LANES 16
typedef f32 v16 __attribute__((vector_size(64)));
typedef i32 i16x __attribute__((vector_size(64)));
typedef f64 d8 __attribute__((vector_size(64)));
typedef i64 l8 __attribute__((vector_size(64)));
typedef f32 v16_unaligned __attribute__((vector_size(64), aligned(4)));
typedef f64 d8_unaligned __attribute__((vector_size(64), aligned(8)));

/* Exported under its own name from the WebAssembly module; in the native build the name ends in its instruction set. */
#ifdef __wasm__
#define KERNEL(name) __attribute__((export_name(#name))) k_##name
#else
#define JOIN_(name, isa) name##_##isa
#define JOIN(name, isa) JOIN_(name, isa)
#define KERNEL(name) JOIN(name, ISA)
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Sixteen floats at `x`, or the `count` that are left with zeros behind them. */
ALWAYS_INLINE v16 load(const f32 *x) { return *(const v16_unaligned *)x; }
ALWAYS_INLINE void store(f32 *x, v16 value) { *(v16_unaligned *)x = value; }
ALWAYS_INLINE v16 splat(f32 x) { return (v16){0} + x; }

static v16 load_part(const f32 *x, i32 count) {
  f32 lanes[LANES] = {0};
  for (i32 j = 0; j < count; j++) lanes[j] = x[j];
  return load(lanes);
}

static void store_part(f32 *x, v16 value, i32 count) {
  f32 lanes[LANES];
  store(lanes, value);
  for (i32 j = 0; j < count; j++) x[j] = lanes[j];
}

/* yes where the mask is all ones, no where it is 0; whole bit patterns, so NaN and -0 pass through. */
ALWAYS_INLINE v16 choose(i16x mask, v16 yes, v16 no) { return (v16)((mask & (i16x)yes) | (~mask & (i16x)no)); }

/* The sum of sixteen lanes, as a tree of fixed shape. */
ALWAYS_INLINE f32 sum_lanes(v16 x) {
  const f32 a = (x[0] + x[8]) + (x[4] + x[12]), b = (x[1] + x[9]) + (x[5] + x[13]);
  const f32 c = (x[2] + x[10]) + (x[6] + x[14]), d = (x[3] + x[11]) + (x[7] + x[15]);
  return (a + c) + (b + d);
}

/*
 * Runs `body` for each sixteen of `n` elements from `i` on, then once for those that are left over. In it `GET(p)` reads and
 * `PUT(p, value)` writes the lanes at `i`; both know whether they are in the remainder.
 */
#define EACH(n, body)                                                                                                      \
  {                                                                                                                        \
    i32 i = 0;                                                                                                             \
    const i32 whole = (n) & ~(LANES - 1);                                                                                  \
    for (; i < whole; i += LANES) {                                                                                        \
      enum { PART = 0 };                                                                                                   \
      const i32 count = LANES;                                                                                             \
      (void)count;                                                                                                         \
      body                                                                                                                 \
    }                                                                                                                      \
    if (i < (n)) {                                                                                                         \
      enum { PART = 1 };                                                                                                   \
      const i32 count = (n) - i;                                                                                           \
      body                                                                                                                 \
    }                                                                                                                      \
  }
#define GET(p) (PART ? load_part((p) + i, count) : load((p) + i))
#define PUT(p, value)                                                                                                      \
  do {                                                                                                                     \
    if (PART) store_part((p) + i, value, count);                                                                           \
    else store((p) + i, value);                                                                                            \
  } while (0)
