/*
 * PCG64 (O'Neill 2014: a 128-bit linear congruential generator with the XSL-RR output) as NumPy's `default_rng` runs it,
 * and what is drawn from it, in NumPy's way down to the last bit.
 */
#include "maths.h"
#include "ziggurat.h"

typedef struct {
  u64 state_low, state_high, step_low, step_high;
  /* The half of a 64-bit draw that a 32-bit draw left over. */
  u32 has_spare, spare;
} pcg64;

#define MULTIPLIER_HIGH 0x2360ED051FC65DA4ull
#define MULTIPLIER_LOW 0x4385DF649FCCF645ull

/* a1·b0 and what a0·b0 carries into it. Not inlined, so that the compiler does not recognise the whole product below and call
 * a library function for it, which a module without a library does not have. */
static __attribute__((noinline)) u64 middle_of(u64 a, u64 b) { return (a >> 32) * (u32)b + ((u64)(u32)a * (u32)b >> 32); }

/* The upper half of a 64 by 64 bit product, from four of 32 by 32 bits. */
static u64 multiply_high(u64 a, u64 b) {
  const u64 middle = middle_of(a, b);
  const u64 other = (u64)(u32)a * (b >> 32) + (u32)middle;
  return (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32);
}

/* state ← state · multiplier + step, modulo 2^128 */
static void advance(pcg64 *g) {
  const u64 low = g->state_low * MULTIPLIER_LOW;
  const u64 high =
      multiply_high(g->state_low, MULTIPLIER_LOW) + g->state_high * MULTIPLIER_LOW + g->state_low * MULTIPLIER_HIGH;
  g->state_low = low + g->step_low;
  g->state_high = high + g->step_high + (g->state_low < low);
}

static u64 next64(pcg64 *g) {
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

static f64 next_double(pcg64 *g) { return (f64)(next64(g) >> 11) * (1.0 / 9007199254740992.0); }

/* From four 64-bit words of a SeedSequence: the state's high and low half, the stream's high and low half. */
void KERNEL(pcg64_seed)(pcg64 *g, const u64 *words) {
  g->step_high = (words[2] << 1) | (words[3] >> 63);
  g->step_low = (words[3] << 1) | 1;
  g->state_low = g->step_low + words[1];
  g->state_high = g->step_high + words[0] + (g->state_low < words[1]);
  advance(g);
  g->has_spare = 0;
  g->spare = 0;
}

f64 KERNEL(pcg64_random)(pcg64 *g) { return next_double(g); }

void KERNEL(pcg64_fill_random)(pcg64 *g, f64 *out, i32 n) {
  for (i32 i = 0; i < n; i++) out[i] = next_double(g);
}

/* A whole number from 0 to `range`, both possible (Lemire 2019); ranges up to 2^53, as a float64 that is exact. */
f64 KERNEL(pcg64_integer)(pcg64 *g, f64 range) {
  const u64 last = (u64)range;
  if (last == 0) return 0;
  if (last == 0xffffffffu) return next32(g);
  if (last < 0xffffffffu) {
    const u32 count = (u32)last + 1;
    u64 product = (u64)next32(g) * count;
    if ((u32)product < count) {
      const u32 threshold = (0xffffffffu - (u32)last) % count;
      while ((u32)product < threshold) product = (u64)next32(g) * count;
    }
    return (f64)(product >> 32);
  }
  const u64 count = last + 1;
  const u64 threshold = (0xffffffffffffffffull - last) % count;
  u64 draw = next64(g);
  while (draw * count < threshold) draw = next64(g);
  return (f64)multiply_high(draw, count);
}

/* A whole number from 0 to `last` (32 bits), by drawing as many bits as it has until one fits: NumPy shuffles with this one. */
f64 KERNEL(pcg64_interval)(pcg64 *g, f64 last) {
  const u32 most = (u32)last;
  u32 mask = most;
  for (i32 shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
  u32 draw = next32(g) & mask;
  while (draw > most) draw = next32(g) & mask;
  return draw;
}

#define TAIL 3.6541528853610088
#define INVERSE_TAIL 0.27366123732975828

/* The ziggurat of Marsaglia & Tsang (2000), with 256 layers. */
static f64 next_normal(pcg64 *g) {
  for (;;) {
    u64 bits = next64(g);
    const i32 layer = bits & 0xff;
    bits >>= 8;
    const i32 negative = bits & 1;
    const u64 along = (bits >> 1) & 0x000fffffffffffffull;
    f64 x = along * ziggurat_width[layer];
    if (negative) x = -x;
    if (along < ziggurat_accept[layer]) return x;
    if (layer == 0) {
      for (;;) {
        const f64 beyond = -INVERSE_TAIL * maths_log1p(-next_double(g));
        const f64 y = -maths_log1p(-next_double(g));
        if (y + y > beyond * beyond) return ((along >> 8) & 1) ? -(TAIL + beyond) : TAIL + beyond;
      }
    }
    const f64 drop = ziggurat_height[layer - 1] - ziggurat_height[layer];
    if (drop * next_double(g) + ziggurat_height[layer] < maths_exp(-0.5 * x * x)) return x;
  }
}

f64 KERNEL(pcg64_normal)(pcg64 *g) { return next_normal(g); }

void KERNEL(pcg64_fill_normal)(pcg64 *g, f64 *out, i32 n) {
  for (i32 i = 0; i < n; i++) out[i] = next_normal(g);
}
