/*
 * exp, log, log1p and tanh in float32, each within 1 ulp for all 2^32 arguments; the largest error stands beside each
 * function. Plain operations in a fixed order, so every build gives the same bits. Polynomials: scripts/minimax.py.
 */
#pragma once
#include "lanes.h"

/* Adding 1.5 · 2^23 leaves the nearest whole number in the lowest bits. */
#define ROUNDER 0x1.8p23f
#define LOG2_E 0x1.715476p+0f
/* log(2) in two parts. The product of the first with a whole number of 9 bits is exact. */
#define LOG2_HIGH 0x1.62e4p-1f
#define LOG2_LOW 0x1.7f7d1cp-20f
#define INFINITY_BITS 0x7f800000
#define NAN_BITS 0x7fc00000
#define SIGN_BIT ((i32)0x80000000)

/* (eʳ - 1 - r) / r² for |r| <= log(2)/2 */
ALWAYS_INLINE vf exp_bend(vf r) {
  vf p = 0x1.123d7p-7f + r * 0x1.6ab8bep-10f;
  p = 0x1.55585ap-5f + r * p;
  p = 0x1.55548cp-3f + r * p;
  return 0x1.fffffcp-2f + r * p;
}

/* 0.80 ulp. x = k · log 2 + r; eˣ = 2ᵏ · eʳ. */
ALWAYS_INLINE vf vf_exp(vf x) {
  const vf shifted = x * LOG2_E + ROUNDER, n = shifted - ROUNDER;
  const vf r = (x - n * LOG2_HIGH) - n * LOG2_LOW;
  const vf sum = 1.0f + r, e = sum + ((r - (sum - 1.0f)) + r * r * exp_bend(r));
  /* Two steps, because 2¹²⁸ and the powers that make denormals are not normal floats. */
  const vi k = (vi)shifted - (vi)((vf){0} + ROUNDER), half = k >> 1;
  const vf scaled = e * (vf)((half + 127) << 23) * (vf)((k - half + 127) << 23);
  const vi over = x > 88.8f, under = x < -104.0f;
  return (vf)((~(over | under) & (vi)scaled) | (over & INFINITY_BITS));
}

/* log(1 + f) - f for 1 + f between √½ and √2 */
ALWAYS_INLINE vf log_bend(vf f) {
  const vf square = f * f;
  vf p = 0x1.05787ep-3f - f * 0x1.39121ep-4f;
  p = -0x1.0d81d4p-3f + f * p;
  p = 0x1.22d5d2p-3f + f * p;
  p = -0x1.547224p-3f + f * p;
  p = 0x1.99a036p-3f + f * p;
  p = -0x1.000228p-2f + f * p;
  p = 0x1.555554p-2f + f * p;
  return square * f * p - 0.5f * square;
}

/* n · log 2 + log(1 + f) + small; the two large terms are added exactly. */
ALWAYS_INLINE vf log_sum(vf n, vf f, vf small) {
  const vf high = n * LOG2_HIGH, sum = high + f, lost = f - (sum - high);
  return sum + (lost + (log_bend(f) + (n * LOG2_LOW + small)));
}

/* value, except: -∞ if x is 0, x if the mask `itself` is set, NaN if x is negative or NaN. */
ALWAYS_INLINE vf log_special(vf value, vf x, vi itself) {
  const vi zero = x == 0.0f, bad = ~(x >= 0.0f);
  return (vf)((~(zero | itself) & (vi)value) | (zero & (SIGN_BIT | INFINITY_BITS)) | (itself & (vi)x) | (bad & NAN_BITS));
}

#define SQRT_HALF_BITS 0x3f3504f3

/* 0.91 ulp. x = 2ᵏ · (1 + f). */
ALWAYS_INLINE vf vf_log(vf x) {
  const vi tiny = x < 0x1p-126f;
  const vi bits = (vi)pick(tiny, x * 0x1p23f, x), k = (bits - SQRT_HALF_BITS) >> 23;
  const vf f = (vf)(bits - (k << 23)) - 1.0f;
  const vf n = __builtin_convertvector(k - (tiny & 23), vf);
  return log_special(log_sum(n, f, (vf){0}), x, x == __builtin_inff());
}

/* 0.97 ulp. 1 + x, rounded, is 2ᵏ · (1 + f); a further term restores what rounding lost. */
ALWAYS_INLINE vf vf_log1p(vf x) {
  const vf u = 1.0f + x;
  const vi k = ((vi)u - SQRT_HALF_BITS) >> 23, whole = k == 0;
  const vf lost = (x - (u - 1.0f)) * (vf)((127 - k) << 23);
  const vf f = pick(whole, x, (vf)((vi)u - (k << 23)) - 1.0f);
  const vf small = masked(~whole, lost * (1.0f - f * (1.0f - f)));
  const vf value = log_special(log_sum(__builtin_convertvector(k, vf), f, small), u, u == __builtin_inff());
  return pick(x == 0.0f, x, value);
}

/* Below this, the polynomial alone gives tanh. */
#define TANH_NEAR 0.7f

/* Near zero the value already has the right sign, unless it is zero. */
ALWAYS_INLINE vf signed_as(vf x, vf value) { return (vf)((vi)value | ((vi)x & SIGN_BIT)); }
ALWAYS_INLINE vf absolute(vf x) { return (vf)((vi)x & ~SIGN_BIT); }

/* x + x³ · p(x²) */
ALWAYS_INLINE vf tanh_near(vf x) {
  const vf z = x * x;
  vf p = -0x1.02972cp-7f + z * 0x1.f2553cp-10f;
  p = 0x1.617fecp-6f + z * p;
  p = -0x1.b9bb3cp-5f + z * p;
  p = 0x1.110f52p-3f + z * p;
  p = -0x1.55555p-2f + z * p;
  return x + x * z * p;
}

/*
 * 0.89 ulp. The polynomial below 0.7; above, 1 - 2 / (e²ˣ + 1), with the rounding errors of two of the sums added back.
 */
ALWAYS_INLINE vf vf_tanh(vf x) {
  const vf a = absolute(x);
  /* From 9.1 on, the result is 1. */
  const vf twice = pick(a > 9.5f, (vf){0} + 19.0f, a + a);
  const vf shifted = twice * LOG2_E + ROUNDER, n = shifted - ROUNDER;
  const vf r = (twice - n * LOG2_HIGH) - n * LOG2_LOW;
  const vf power = (vf)(((vi)shifted << 23) + (vi)((vf){0} + 1.0f));
  const vf large = power + 1.0f, rest = power * (r + r * r * exp_bend(r)), sum = large + rest;
  const vf t = 2.0f / sum, difference = 1.0f - t;
  const vf lost = ((1.0f - difference) - t) + 0.5f * t * t * (rest - (sum - large));
  return signed_as(x, pick(a < TANH_NEAR, tanh_near(x), difference + lost));
}
