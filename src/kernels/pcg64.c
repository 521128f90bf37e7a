/*
 * PCG64 (O'Neill 2014: a 128-bit linear congruential generator with XSL-RR output) as in NumPy's `default_rng`, and
 * NumPy's distributions over it, to the last bit.
 */
#include "maths.h"
#include "tables/ziggurat.h"

typedef struct {
  u64 state_low, state_high, increment_low, increment_high;
  /* The half of a 64-bit draw that a 32-bit draw did not use. */
  u32 has_spare, spare;
} pcg64;

#define MULTIPLIER_HIGH 0x2360ed051fc65da4ull
#define MULTIPLIER_LOW 0x4385df649fccf645ull

/* Hides from the compiler that four 32-bit products are one of 64 bits, for which it would call a library. */
ALWAYS_INLINE u64 opaque(u64 x) {
  __asm__("" : "+r"(x));
  return x;
}

/* The upper half of a product of two 64-bit numbers. */
ALWAYS_INLINE u64 multiply_high(u64 a, u64 b) {
  const u64 low = opaque((u64)(u32)a * (u32)b);
  const u64 middle = opaque((a >> 32) * (u32)b) + (low >> 32);
  const u64 other = (u64)(u32)a * (b >> 32) + (u32)middle;
  return (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
}

/* state ← state · multiplier + increment, modulo 2^128 */
ALWAYS_INLINE void advance(pcg64 *g) {
  const u64 low = g->state_low * MULTIPLIER_LOW;
  const u64 high =
      multiply_high(g->state_low, MULTIPLIER_LOW) + g->state_high * MULTIPLIER_LOW + g->state_low * MULTIPLIER_HIGH;
  g->state_low = low + g->increment_low;
  g->state_high = high + g->increment_high + (g->state_low < low);
}

ALWAYS_INLINE u64 next64(pcg64 *g) {
  advance(g);
  const u64 folded = g->state_high ^ g->state_low;
  const u32 turn = (u32)(g->state_high >> 58);
  return (folded >> turn) | (folded << (-turn & 63));
}

static u32 next32(pcg64 *g) {
  if (g->has_spare) {
    g->has_spare = 0;
    return g->spare;
  }
  const u64 both = next64(g);
  g->has_spare = 1;
  g->spare = (u32)(both >> 32);
  return (u32)both;
}

ALWAYS_INLINE f64 next_double(pcg64 *g) { return (f64)(i64)(next64(g) >> 11) * 0x1p-53; }

/*
 * Starts from four 64-bit words of a SeedSequence, which lie in the place of the state: the high and the low half of
 * the state, then of the increment.
 */
void KERNEL(pcg64_seed)(pcg64 *g) {
  const u64 state_high = g->state_low, state_low = g->state_high;
  const u64 increment_high = g->increment_low, increment_low = g->increment_high;
  g->increment_high = (increment_high << 1) | (increment_low >> 63);
  g->increment_low = (increment_low << 1) | 1;
  g->state_low = g->increment_low + state_low;
  g->state_high = g->increment_high + state_high + (g->state_low < state_low);
  advance(g);
  g->has_spare = 0;
  g->spare = 0;
}

/* A whole number from 0 to `last` inclusive (Lemire 2019). */
static u64 next_up_to(pcg64 *g, u64 last) {
  if (last == 0) return 0;
  if (last == 0xffffffffu) return next32(g);
  const u64 count = last + 1;
  if (last < 0xffffffffu) {
    u64 product = next32(g) * count;
    if ((u32)product < count) {
      const u32 threshold = (0xffffffffu - (u32)last) % (u32)count;
      while ((u32)product < threshold) product = next32(g) * count;
    }
    return product >> 32;
  }
  u64 draw = next64(g);
  if (draw * count < count) {
    const u64 threshold = (0xffffffffffffffffull - last) % count;
    while (draw * count < threshold) draw = next64(g);
  }
  return multiply_high(draw, count);
}

/*
 * A whole number from 0 to `last` inclusive: draws as many bits as `last` has until the number fits. NumPy shuffles
 * with it.
 */
static u32 next_fitting(pcg64 *g, u32 last) {
  u32 mask = last;
  for (i32 shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
  u32 draw = next32(g) & mask;
  while (draw > last) draw = next32(g) & mask;
  return draw;
}

#define NORMAL_TAIL 3.6541528853610087963519472518
#define NORMAL_TAIL_INVERSE 0.27366123732975827203338247596
#define EXPONENTIAL_TAIL 7.6971174701310497140446280481

/*
 * Normal and exponential numbers by the ziggurat of Marsaglia & Tsang (2000): choose a layer and a point in it. For 98
 * points in 100, one comparison shows that the point lies under the curve.
 */
static f64 next_normal(pcg64 *g) {
  for (;;) {
    const u64 bits = next64(g);
    const i32 layer = bits & 0xff;
    const u64 along = (bits >> 9) & 0x000fffffffffffffull;
    const f64 size = (f64)(i64)along * normal_width[layer];
    const f64 x = bits & 0x100 ? -size : size;
    if (along < normal_accept[layer]) return x;
    if (layer == 0) {
      for (;;) {
        const f64 beyond = -NORMAL_TAIL_INVERSE * maths_log1p(-next_double(g));
        const f64 y = -maths_log1p(-next_double(g));
        if (y + y > beyond * beyond) return along & 0x100 ? -(NORMAL_TAIL + beyond) : NORMAL_TAIL + beyond;
      }
    }
    const f64 drop = normal_height[layer - 1] - normal_height[layer];
    if (drop * next_double(g) + normal_height[layer] < maths_exp(-0.5 * x * x)) return x;
  }
}

static f64 next_exponential(pcg64 *g) {
  for (;;) {
    const u64 bits = next64(g) >> 3;
    const i32 layer = bits & 0xff;
    const u64 along = bits >> 8;
    const f64 x = (f64)(i64)along * exponential_width[layer];
    if (along < exponential_accept[layer]) return x;
    if (layer == 0) return EXPONENTIAL_TAIL - maths_log1p(-next_double(g));
    const f64 drop = exponential_height[layer - 1] - exponential_height[layer];
    if (drop * next_double(g) + exponential_height[layer] < maths_exp(-x)) return x;
  }
}

/* One draw, and `n` draws. Whole numbers go up to 2^53, so that a float64 holds them. */
f64 KERNEL(pcg64_random)(pcg64 *g) { return next_double(g); }
f64 KERNEL(pcg64_normal)(pcg64 *g) { return next_normal(g); }
f64 KERNEL(pcg64_exponential)(pcg64 *g) { return next_exponential(g); }
f64 KERNEL(pcg64_integer)(pcg64 *g, f64 last) { return (f64)(i64)next_up_to(g, (u64)last); }

void KERNEL(pcg64_fill_random)(pcg64 *g, f64 *out, i32 n) {
  for (i32 i = 0; i < n; i++) out[i] = next_double(g);
}
void KERNEL(pcg64_fill_normal)(pcg64 *g, f64 *out, i32 n) {
  for (i32 i = 0; i < n; i++) out[i] = next_normal(g);
}
void KERNEL(pcg64_fill_exponential)(pcg64 *g, f64 *out, i32 n) {
  for (i32 i = 0; i < n; i++) out[i] = next_exponential(g);
}
void KERNEL(pcg64_fill_integer)(pcg64 *g, f64 *out, i32 n, f64 last) {
  for (i32 i = 0; i < n; i++) out[i] = (f64)(i64)next_up_to(g, (u64)last);
}

/* The swaps of a shuffle: element `from` - i changes places with element out[i] <= `from` - i, for `n` elements. */
void KERNEL(pcg64_fill_swaps)(pcg64 *g, i32 *out, i32 n, i32 from) {
  for (i32 i = 0; i < n; i++) out[i] = (i32)next_fitting(g, (u32)(from - i));
}
