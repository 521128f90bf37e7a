/*
 * log and the functions built on it. x = 2ᵏ · z, where z lies in one of 128 cells around 1. A table holds a short 1/c
 * for the middle c of the cell, and log(c) in two parts. Then log x = k · log 2 + log c + log(1 + r), where r = z/c - 1
 * is exact and below 1/128. In the two cells next to 1, c is 1. The large terms are added exactly, so the result is
 * within 0.501 ulp.
 */
#pragma once
#include "double-double.h"
#include "exp64.h"

/* The bits of 181/256, where the first cell begins. */
#define LOG_START 0x3fe6a00000000000ull

/* log((x + x_lo) · 2^extra) to about 68 bits, for normal x > 0 and |x_lo| < ulp(x). */
ALWAYS_INLINE dd log_parts(f64 x, f64 x_lo, i32 extra) {
  const u64 above = bits_of(x) - LOG_START;
  const i32 k = (i32)((i64)above >> 52);
  const f64 *entry = log_table[(above >> 45) & 127];
  const f64 z = from_bits(bits_of(x) - ((u64)(i64)k << 52)), z_upper = upper(z), inverse = entry[0];
  /* If the power of two is out of range, x_lo is too small to matter. */
  const f64 z_lo = k < 64 ? x_lo * power_of_two(-k) : 0;
  const dd exact = two_sum(z_upper * inverse - 1, (z - z_upper) * inverse);
  const dd r = fast_two_sum(exact.hi, exact.lo + z_lo * inverse);
  const f64 r_upper = upper(r.hi), square = r.hi * r.hi;
  const f64 n = k + extra;
  const dd first = two_sum(n * LOG2_1 + entry[1], r.hi);
  const dd second = fast_two_sum(first.hi, -0.5 * r_upper * r_upper);
  const f64 cross = 0.5 * (r.hi - r_upper) * (r.hi + r_upper) + r.hi * r.lo;
  const f64 series = 1.0 / 3 - r.hi * (1.0 / 4 - r.hi * (1.0 / 5 - r.hi * (1.0 / 6 - r.hi * (1.0 / 7 - r.hi * (1.0 / 8 - r.hi * (1.0 / 9 - r.hi * (1.0 / 10)))))));
  const f64 rest = n * LOG2_2 + entry[2] + (r.lo - cross) + r.hi * square * series;
  return (dd){second.hi, first.lo + second.lo + rest};
}

/* log(x) in two parts, for any x > 0, including denormals. */
ALWAYS_INLINE dd log_of_any(f64 x) {
  const i32 tiny = x < 0x1p-1022;
  return log_parts(tiny ? x * 0x1p54 : x, 0, tiny ? -54 : 0);
}

static f64 maths_log(f64 x) {
  if (!(x > 0 && x < __builtin_inf())) return x == 0 ? -__builtin_inf() : x > 0 ? x : __builtin_nan("");
  const dd parts = log_of_any(x);
  return parts.hi + parts.lo;
}

static f64 maths_log1p(f64 x) {
  if (magnitude(x) < 0x1p-54) return x;
  if (!(x > -1 && x < __builtin_inf())) return x == -1 ? -__builtin_inf() : x > 0 ? x : __builtin_nan("");
  const dd sum = two_sum(1, x);
  const dd parts = log_parts(sum.hi, sum.lo, 0);
  return parts.hi + parts.lo;
}

/* 0 for a fraction, 1 for an odd and 2 for an even whole number (infinity is even). */
static i32 parity(f64 y) {
  const f64 a = magnitude(y);
  if (a >= 0x1p53) return 2;
  if (a != (f64)(i64)a) return 0;
  return (i64)a & 1 ? 1 : 2;
}

/* e^(y · log |x|), with the sign of an odd power. Zeros, infinities and NaN follow IEEE 754 and C. */
static f64 maths_pow(f64 x, f64 y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return x + y;
  const f64 a = magnitude(x);
  const f64 sign = bits_of(x) >> 63 && parity(y) == 1 ? -1 : 1;
  if (a == 0 || a == __builtin_inf()) return (a == 0) == (y < 0) ? sign * __builtin_inf() : sign * 0;
  if (magnitude(y) == __builtin_inf()) return a == 1 ? 1 : (a > 1) == (y > 0) ? __builtin_inf() : 0;
  if (x < 0 && parity(y) == 0) return __builtin_nan("");
  const dd logarithm = log_of_any(a);
  const f64 size = y * (logarithm.hi + logarithm.lo);
  if (!(magnitude(size) < 746)) return size > 0 ? sign * __builtin_inf() : sign * 0;
  if (magnitude(size) < 0x1p-60) return sign;
  const dd product = two_product(y, logarithm.hi);
  i32 k;
  const dd parts = exp_parts(fast_two_sum(product.hi, product.lo + y * logarithm.lo), &k);
  return sign * scale_by_power(parts, k);
}
