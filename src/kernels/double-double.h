/*
 * Numbers as unevaluated sums of two float64, after Dekker (1971) and Knuth. Only plain IEEE operations are used,
 * because not every machine has a fused multiply-add.
 */
#pragma once
#include "lanes.h"

typedef struct {
  f64 hi, lo;
} dd;

ALWAYS_INLINE u64 bits_of(f64 x) {
  union {
    f64 f;
    u64 u;
  } both = {x};
  return both.u;
}

ALWAYS_INLINE f64 from_bits(u64 u) {
  union {
    u64 u;
    f64 f;
  } both = {.u = u};
  return both.f;
}

ALWAYS_INLINE f64 magnitude(f64 x) { return __builtin_fabs(x); }
ALWAYS_INLINE f64 with_sign_of(f64 x, f64 sign) { return __builtin_copysign(x, sign); }

/* 2^k, for -1022 <= k <= 1023. */
ALWAYS_INLINE f64 power_of_two(i32 k) { return from_bits((u64)(k + 1023) << 52); }

/* The nearest whole number, for |x| < 2^51. */
ALWAYS_INLINE f64 nearest_whole(f64 x) { return (x + 0x1.8p52) - 0x1.8p52; }

/*
 * The upper 26 bits of x. The product of two such parts is exact, and so is that of one such part with a lower part,
 * x - upper(x).
 */
ALWAYS_INLINE f64 upper(f64 x) { return from_bits(bits_of(x) & ~0x7ffffffull); }

/* a + b, exactly. */
ALWAYS_INLINE dd two_sum(f64 a, f64 b) {
  const f64 sum = a + b, b_in = sum - a;
  return (dd){sum, (a - (sum - b_in)) + (b - b_in)};
}

/* a + b, exactly, for |a| >= |b| or a = 0. */
ALWAYS_INLINE dd fast_two_sum(f64 a, f64 b) {
  const f64 sum = a + b;
  return (dd){sum, b - (sum - a)};
}

/* a · b, exactly except for the last of 106 bits. */
ALWAYS_INLINE dd two_product(f64 a, f64 b) {
  const f64 product = a * b, ah = upper(a), al = a - ah, bh = upper(b), bl = b - bh;
  return (dd){product, ((ah * bh - product) + ah * bl + al * bh) + al * bl};
}

/* a / b to about 100 bits, for parts of a and b that may overlap. */
ALWAYS_INLINE dd divide(dd a, dd b) {
  a = two_sum(a.hi, a.lo);
  b = fast_two_sum(b.hi, b.lo);
  const f64 quotient = a.hi / b.hi;
  const dd back = two_product(quotient, b.hi);
  return (dd){quotient, (((a.hi - back.hi) - back.lo) + a.lo - quotient * b.lo) / b.hi};
}

/* x · 2^k, rounded once even if the result is denormal; for 0.5 < x.hi < 2. */
static f64 scale_by_power(dd x, i32 k) {
  if (k > 1000) return (x.hi + x.lo) * 0x1p1000 * power_of_two(k - 1000);
  if (k > -1000) return (x.hi + x.lo) * power_of_two(k);
  if (k < -1080) return 0;
  f64 rounded = x.hi + x.lo;
  if (k < -1022 || (k == -1022 && x.hi < 1)) {
    /* Adding this number leaves exactly the bits that the denormal result has. */
    const f64 spacing = power_of_two(-1022 - k);
    const dd sum = fast_two_sum(spacing, x.hi);
    rounded = (sum.hi + (sum.lo + x.lo)) - spacing;
  }
  return rounded * 0x1p-1000 * power_of_two(k + 1000);
}
