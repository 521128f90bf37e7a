/* float64 functions (first version). */
#pragma once
#include "lanes.h"
ALWAYS_INLINE u64 bits_of(f64 x) { union { f64 f; u64 u; } c = {x}; return c.u; }
ALWAYS_INLINE f64 from_bits(u64 u) { union { u64 u; f64 f; } c = {u}; return c.f; }
ALWAYS_INLINE f64 round_even(f64 x) { return (x + 6755399441055744.0) - 6755399441055744.0; }
static f64 maths_exp(f64 x) {
  if (!(x < 709.8)) return x != x ? x : x > 709.782712893384 ? __builtin_inf() : x;
  if (x < -745.2) return 0;
  const f64 n = round_even(x * 1.4426950408889634);
  const f64 hi = x - n * 6.93147180369123816490e-01, lo = n * 1.90821492927058770002e-10;
  const f64 r = hi - lo, c = (hi - r) - lo;
  f64 p = 1.0 / 6227020800;
  p = p * r + 1.0 / 479001600; p = p * r + 1.0 / 39916800; p = p * r + 1.0 / 3628800; p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320; p = p * r + 1.0 / 5040; p = p * r + 1.0 / 720; p = p * r + 1.0 / 120; p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6; p = p * r + 0.5;
  const f64 y = 1.0 + (r + (r * r * p + (c + c * r)));
  const i32 k = (i32)n, h = k / 2;
  return y * from_bits((u64)(h + 1023) << 52) * from_bits((u64)(k - h + 1023) << 52);
}
static f64 maths_log(f64 x) {
  if (!(x > 0)) return x == 0 ? -__builtin_inf() : __builtin_nan("");
  if (x == __builtin_inf()) return x;
  i32 k = 0;
  if (x < 2.2250738585072014e-308) { x *= 18014398509481984.0; k = -54; }
  u64 u = bits_of(x) - 0x3fe6a09e667f3bcdull;
  k += (i32)((i64)u >> 52);
  const f64 m = from_bits((u & 0xfffffffffffffull) + 0x3fe6a09e667f3bcdull);
  const f64 f = m - 1.0, s = f / (2.0 + f), z = s * s;
  f64 p = 2.0 / 23; p = p * z + 2.0 / 21; p = p * z + 2.0 / 19; p = p * z + 2.0 / 17; p = p * z + 2.0 / 15; p = p * z + 2.0 / 13;
  p = p * z + 2.0 / 11; p = p * z + 2.0 / 9; p = p * z + 2.0 / 7; p = p * z + 2.0 / 5; p = p * z + 2.0 / 3;
  const f64 hfsq = 0.5 * f * f, dk = k;
  return dk * 6.93147180369123816490e-01 - ((hfsq - (s * (hfsq + p * z) + dk * 1.90821492927058770002e-10)) - f);
}
static f64 maths_log1p(f64 x) {
  const f64 u = 1.0 + x;
  if (u == 1.0) return x;
  if (!(u > 0) || u == __builtin_inf()) return maths_log(u);
  const f64 c = x > 1 ? 1.0 - (u - x) : x - (u - 1.0);
  return maths_log(u) + c / u;
}
