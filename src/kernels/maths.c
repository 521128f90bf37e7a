#include "maths.h"
static f64 sin_core(f64 r, f64 lo) {
  const f64 z = r * r;
  f64 p = 1.0 / 355687428096000; p = -p; p = p * z * -1.0;
  p = 1.0 / 355687428096000;
  p = p * z - 1.0 / 1307674368000; p = p * z + 1.0 / 6227020800; p = p * z - 1.0 / 39916800; p = p * z + 1.0 / 362880;
  p = p * z - 1.0 / 5040; p = p * z + 1.0 / 120; p = p * z - 1.0 / 6;
  return r + (lo * (1 - 0.5 * z) + r * z * p);
}
static f64 cos_core(f64 r, f64 lo) {
  const f64 z = r * r;
  f64 p = 1.0 / 20922789888000;
  p = p * z - 1.0 / 87178291200; p = p * z + 1.0 / 479001600; p = p * z - 1.0 / 3628800; p = p * z + 1.0 / 40320;
  p = p * z - 1.0 / 720; p = p * z + 1.0 / 24;
  const f64 h = 0.5 * z, w = 1.0 - h;
  return w + (((1.0 - w) - h) + (z * z * p - r * lo));
}
static i32 reduce(f64 x, f64 *r, f64 *lo) {
  const f64 n = round_even(x * 0.6366197723675814);
  const f64 a = x - n * 1.57079632673412561417e+00;
  const f64 b = n * 6.07710050630396597660e-11;
  const f64 c = a - b, e = (a - c) - b;
  const f64 d = n * 2.02226624879595063154e-21;
  *r = c + (e - d); *lo = (c - *r) + (e - d);
  return (i32)(i64)n & 3;
}
static f64 maths_sin(f64 x) {
  f64 r, lo; const i32 q = reduce(x, &r, &lo);
  const f64 y = q & 1 ? cos_core(r, lo) : sin_core(r, lo);
  return q & 2 ? -y : y;
}
static f64 maths_cos(f64 x) {
  f64 r, lo; const i32 q = reduce(x, &r, &lo);
  const f64 y = q & 1 ? sin_core(r, lo) : cos_core(r, lo);
  return (q + 1) & 2 ? -y : y;
}
f64 KERNEL(exp)(f64 x) { return maths_exp(x); }
f64 KERNEL(log)(f64 x) { return maths_log(x); }
f64 KERNEL(log1p)(f64 x) { return maths_log1p(x); }
f64 KERNEL(sin)(f64 x) { return maths_sin(x); }
f64 KERNEL(cos)(f64 x) { return maths_cos(x); }
void KERNEL(sin_cos)(f64 *s, f64 *c, const f64 *x, i32 n) { for (i32 i = 0; i < n; i++) { s[i] = maths_sin(x[i]); c[i] = maths_cos(x[i]); } }

static f64 first_atan(f64 x) {
  f64 scale = 1;
  for (i32 j = 0; j < 4; j++) { x = x / (1 + __builtin_sqrt(1 + x * x)); scale *= 2; }
  const f64 z = x * x;
  f64 p = 0;
  for (i32 j = 10; j >= 0; j--) p = p * -z + 1.0 / (2 * j + 1);
  return scale * x * p;
}
static f64 first_atan2(f64 y, f64 x) {
  const f64 pi = 3.141592653589793;
  if (x != x || y != y) return x + y;
  if (y == 0 && x == 0) return bits_of(x) >> 63 ? (bits_of(y) >> 63 ? -pi : pi) : y;
  if (x > 0) return first_atan(y / x);
  if (x < 0) return first_atan(y / x) + (bits_of(y) >> 63 ? -pi : pi);
  return y > 0 ? pi / 2 : -pi / 2;
}
static f64 first_tanh(f64 x) { const f64 e = maths_exp(-2 * (x < 0 ? -x : x)); const f64 t = (1 - e) / (1 + e); return x < 0 ? -t : t; }
f64 KERNEL(expm1)(f64 x) { return maths_exp(x) - 1; }
f64 KERNEL(tan)(f64 x) { return maths_sin(x) / maths_cos(x); }
f64 KERNEL(sinh)(f64 x) { return (maths_exp(x) - maths_exp(-x)) / 2; }
f64 KERNEL(cosh)(f64 x) { return (maths_exp(x) + maths_exp(-x)) / 2; }
f64 KERNEL(tanh)(f64 x) { return first_tanh(x); }
f64 KERNEL(pow)(f64 x, f64 y) { return maths_exp(y * maths_log(x)); }
f64 KERNEL(atan)(f64 x) { return first_atan(x); }
f64 KERNEL(asin)(f64 x) { return first_atan2(x, __builtin_sqrt(1 - x * x)); }
f64 KERNEL(acos)(f64 x) { return first_atan2(__builtin_sqrt(1 - x * x), x); }
f64 KERNEL(atan2)(f64 y, f64 x) { return first_atan2(y, x); }
