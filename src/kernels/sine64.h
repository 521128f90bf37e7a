/*
 * sin, cos and tan. With n = round(x · 128/π) and h = x - n · π/128, |h| < 0.0123,
 * sin x = sin(n·π/128) · cos h + cos(n·π/128) · sin h. The table holds all 256 multiples in a turn, in two parts, so
 * quadrants need no cases; the cosine is the sine 64 entries further on. The large terms are added exactly: 0.501 ulp.
 */
#pragma once
#include "double-double.h"
#include "tables/tables64.h"

/* For |x| up to this, three subtractions reduce x; above, a product with as many bits of 2/π as needed. */
#define SINE_NEAR 400.0

/* A reduced angle: sin(x) = sin(n · π/128 + h + h_lo). */
typedef struct {
  u32 n;
  f64 h, h_lo;
} reduced;

/* sin(a + h + h_lo), from the sine and the cosine of a in two parts each, for one float64 or a vector of them. */
#define DEFINE_SINE_OF_SUM(name, real, upper)                                                                              \
  ALWAYS_INLINE void name(real *hi, real *lo, real s, real s_lo, real c, real c_lo, real h, real h_lo) {                   \
    const real c_upper = upper(c), h_upper = upper(h), z = h * h;                                                          \
    const real product = c_upper * h_upper, sum = s + product;                                                             \
    const real bend = h * z * (-1.0 / 6 + z * (1.0 / 120 - z * (1.0 / 5040)));                                             \
    const real drop = z * (-0.5 + z * (1.0 / 24 - z * (1.0 / 720)));                                                       \
    const real rest = (c - c_upper + c_lo) * h + c_upper * ((h - h_upper) + h_lo);                                         \
    *hi = sum;                                                                                                             \
    *lo = (product - (sum - s)) + (s_lo + (rest + (c * bend + s * drop)));                                                 \
  }
DEFINE_SINE_OF_SUM(sine_of_sum, f64, upper)

ALWAYS_INLINE d8 upper8(d8 x) { return (d8)((l8)x & ~0x7ffffffll); }
DEFINE_SINE_OF_SUM(sine_of_sum8, d8, upper8)

ALWAYS_INLINE reduced reduce_near(f64 x) {
  const f64 n = nearest_whole(x * 0x1.45f306dc9c883p+5);
  const dd first = two_sum(x - n * STEP_1, -(n * STEP_2));
  const dd second = two_sum(first.hi, -(n * STEP_3));
  return (reduced){(u32)(i32)n, second.hi, second.lo + first.lo};
}

/* x · 128/π modulo 256, from the 192 bits of 2/π that matter (Payne & Hanek 1983). */
static reduced reduce_far(f64 x) {
  const u64 bits = bits_of(x);
  const i32 exponent = (i32)(bits >> 52 & 0x7ff) - 1075;
  const u64 mantissa = (bits & 0xfffffffffffffull) | 0x10000000000000ull;
  /* The first bit needed has weight 2⁷ in x · 128/π; two_over_pi begins with 64 zeros. */
  const i32 start = exponent + 62, word = start >> 5, turn = start & 31;
  u32 window[6], product[6];
  for (i32 i = 0; i < 6; i++) {
    const u64 two_words = ((u64)two_over_pi[word + i] << 32) | two_over_pi[word + i + 1];
    window[i] = (u32)(two_words >> (32 - turn));
  }
  const u64 low = (u32)mantissa, high = mantissa >> 32;
  u64 carry = 0;
  for (i32 i = 5; i >= 0; i--) {
    const u64 a = window[i] * low, b = i < 5 ? window[i + 1] * high : 0;
    carry += (u64)(u32)a + (u32)b;
    product[i] = (u32)carry;
    carry = (carry >> 32) + (a >> 32) + (b >> 32);
  }
  /*
   * The first byte counts steps, the rest is a fraction. A fraction above one half becomes one more step and a negative
   * rest.
   */
  u32 n = product[0] >> 24;
  const u32 flip = product[0] & 0x800000 ? 0xffffffffu : 0;
  n += flip & 1;
  f64 hi = (f64)((product[0] ^ flip) & 0xffffff) * 0x1p-24, lo = 0, weight = 0x1p-56;
  for (i32 i = 1; i < 6; i++, weight *= 0x1p-32) {
    const dd sum = two_sum(hi, (f64)(product[i] ^ flip) * weight);
    hi = sum.hi;
    lo += sum.lo;
  }
  const dd whole = two_product(hi, STEP_HIGH);
  const dd h = fast_two_sum(whole.hi, whole.lo + (hi * STEP_LOW + lo * STEP_HIGH));
  const f64 sign = flip ? -1 : 1;
  if (bits >> 63) return (reduced){-n, -sign * h.hi, -sign * h.lo};
  return (reduced){n, sign * h.hi, sign * h.lo};
}

ALWAYS_INLINE reduced reduce(f64 x) { return magnitude(x) < SINE_NEAR ? reduce_near(x) : reduce_far(x); }

/* The sine of a reduced angle plus `ahead` quarters of a turn. */
ALWAYS_INLINE dd sine_parts(reduced x, u32 ahead) {
  const f64 *s = sine_table[(x.n + 64 * ahead) & 255], *c = sine_table[(x.n + 64 * ahead + 64) & 255];
  dd sine;
  sine_of_sum(&sine.hi, &sine.lo, s[0], s[1], c[0], c[1], x.h, x.h_lo);
  return sine;
}

static f64 maths_sin(f64 x) {
  /* Adding 0 would lose the sign of -0. */
  if (x == 0) return x;
  if (!(magnitude(x) < __builtin_inf())) return __builtin_nan("");
  const dd sine = sine_parts(reduce(x), 0);
  return sine.hi + sine.lo;
}

static f64 maths_cos(f64 x) {
  if (!(magnitude(x) < __builtin_inf())) return __builtin_nan("");
  const dd cosine = sine_parts(reduce(x), 1);
  return cosine.hi + cosine.lo;
}

static f64 maths_tan(f64 x) {
  if (magnitude(x) < 0x1p-27) return x;
  if (!(magnitude(x) < __builtin_inf())) return __builtin_nan("");
  const reduced left = reduce(x);
  const dd tangent = divide(sine_parts(left, 0), sine_parts(left, 1));
  return tangent.hi + tangent.lo;
}

/* The sines and cosines of eight numbers, with the bits of the scalar functions. All eight must be below SINE_NEAR. */
ALWAYS_INLINE void sin_cos8(d8 *sine, d8 *cosine, d8 x) {
  const d8 n = (x * 0x1.45f306dc9c883p+5 + 0x1.8p52) - 0x1.8p52;
  const d8 a = x - n * STEP_1, minus_b = -(n * STEP_2);
  const d8 first = a + minus_b, b_in = first - a, first_lo = (a - (first - b_in)) + (minus_b - b_in);
  const d8 minus_c = -(n * STEP_3);
  const d8 h = first + minus_c, c_in = h - first, h_lo = ((first - (h - c_in)) + (minus_c - c_in)) + first_lo;
  d8 s, s_lo, c, c_lo, hi, lo;
  for (i32 j = 0; j < 8; j++) {
    const i32 step = (i32)n[j];
    const f64 *at = sine_table[step & 255], *ahead = sine_table[(step + 64) & 255];
    s[j] = at[0];
    s_lo[j] = at[1];
    c[j] = ahead[0];
    c_lo[j] = ahead[1];
  }
  sine_of_sum8(&hi, &lo, s, s_lo, c, c_lo, h, h_lo);
  const l8 zero = x == 0.0;
  *sine = (d8)((zero & (l8)x) | (~zero & (l8)(hi + lo)));
  sine_of_sum8(&hi, &lo, c, c_lo, -s, -s_lo, h, h_lo);
  *cosine = hi + lo;
}

static void maths_sin_cos(f64 *sine, f64 *cosine, const f64 *x, i32 n) {
  i32 i = 0;
  for (; i + 8 <= n; i += 8) {
    const d8 eight = *(const d8_unaligned *)(x + i);
    const l8 far = ~((eight < SINE_NEAR) & (eight > -SINE_NEAR));
    if (far[0] | far[1] | far[2] | far[3] | far[4] | far[5] | far[6] | far[7]) {
      for (i32 j = i; j < i + 8; j++) {
        const f64 one = x[j];
        sine[j] = maths_sin(one);
        cosine[j] = maths_cos(one);
      }
    } else {
      d8 s, c;
      sin_cos8(&s, &c, eight);
      *(d8_unaligned *)(sine + i) = s;
      *(d8_unaligned *)(cosine + i) = c;
    }
  }
  for (; i < n; i++) {
    const f64 one = x[i];
    sine[i] = maths_sin(one);
    cosine[i] = maths_cos(one);
  }
}
