/*
 * exp and the functions built on it. With n = round(x · 128/log 2) = 128·k + j and r = x - n · log(2)/128, |r| <
 * 0.0028, eˣ = 2ᵏ · 2^(j/128) · eʳ. The middle factor is a table entry in two parts; the last is a short series. The
 * large terms are added exactly, so the result is within 0.501 ulp.
 */
#pragma once
#include "double-double.h"
#include "tables/tables64.h"

/* e^(x.hi + x.lo) / 2^k to about 68 bits, between 0.99 and 2; for |x| < 800. */
ALWAYS_INLINE dd exp_parts(dd x, i32 *k) {
  const f64 n = nearest_whole(x.hi * 0x1.71547652b82fep+7);
  const i32 whole = (i32)n;
  const f64 rest = x.hi - n * LOG2_STEP_1, less = n * LOG2_STEP_2, near = rest - less;
  const dd r = fast_two_sum(near, ((rest - near) - less) + x.lo);
  const f64 *entry = exp_table[whole & 127];
  const f64 t = entry[0], t_lo = entry[1], t_upper = upper(t), r_upper = upper(r.hi);
  const dd sum = fast_two_sum(t, t_upper * r_upper);
  const f64 bend = r.hi * r.hi * (0.5 + r.hi * (1.0 / 6 + r.hi * (1.0 / 24 + r.hi * (1.0 / 120 + r.hi * (1.0 / 720)))));
  const f64 less_large = (t - t_upper + t_lo) * r.hi + t_upper * ((r.hi - r_upper) + r.lo);
  *k = whole >> 7;
  return (dd){sum.hi, sum.lo + (t_lo + (less_large + t * bend))};
}

static f64 maths_exp(f64 x) {
  if (!(magnitude(x) < 746)) return x != x ? x : x > 0 ? __builtin_inf() : 0;
  i32 k;
  const dd parts = exp_parts((dd){x, 0}, &k);
  return scale_by_power(parts, k);
}

/* eˣ - 1 in two parts, for |x| < 60. */
ALWAYS_INLINE dd expm1_parts(f64 x) {
  i32 k;
  const dd parts = exp_parts((dd){x, 0}, &k);
  const f64 scale = power_of_two(k);
  const dd less = two_sum(parts.hi * scale, -1);
  return (dd){less.hi, less.lo + parts.lo * scale};
}

static f64 maths_expm1(f64 x) {
  if (magnitude(x) < 0x1p-20) return magnitude(x) < 0x1p-54 ? x : x + x * x * (0.5 + x * (1.0 / 6));
  if (x < -40) return -1;
  if (!(x < 60)) return maths_exp(x);
  const dd parts = expm1_parts(x);
  return parts.hi + parts.lo;
}

static f64 maths_sinh(f64 x) {
  const f64 a = magnitude(x);
  if (!(a < 720)) return x * __builtin_inf();
  if (a < 0x1p-6) {
    const f64 z = x * x;
    return x + x * z * (1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040)));
  }
  i32 k;
  const dd up = exp_parts((dd){a, 0}, &k);
  if (k > 60) return with_sign_of(scale_by_power(up, k - 1), x);
  i32 minus_k;
  const dd down = exp_parts((dd){-a, 0}, &minus_k);
  const f64 grow = power_of_two(k - 1), shrink = power_of_two(minus_k - 1);
  const dd sum = fast_two_sum(up.hi * grow, -down.hi * shrink);
  return with_sign_of(sum.hi + (sum.lo + (up.lo * grow - down.lo * shrink)), x);
}

static f64 maths_cosh(f64 x) {
  const f64 a = magnitude(x);
  if (!(a < 720)) return a * __builtin_inf();
  i32 k, minus_k;
  const dd up = exp_parts((dd){a, 0}, &k);
  if (k > 60) return scale_by_power(up, k - 1);
  const dd down = exp_parts((dd){-a, 0}, &minus_k);
  const f64 grow = power_of_two(k - 1), shrink = power_of_two(minus_k - 1);
  const dd sum = fast_two_sum(up.hi * grow, down.hi * shrink);
  return sum.hi + (sum.lo + (up.lo * grow + down.lo * shrink));
}

/* (e²ˣ - 1) / (e²ˣ + 1) */
static f64 maths_tanh(f64 x) {
  const f64 a = magnitude(x);
  if (!(a < 20)) return x != x ? x : with_sign_of(1, x);
  if (a < 0x1p-28) return x;
  const dd e = expm1_parts(a + a);
  dd above = two_sum(e.hi, 2);
  above.lo += e.lo;
  const dd quotient = divide(e, above);
  return with_sign_of(quotient.hi + quotient.lo, x);
}
